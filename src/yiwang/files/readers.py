"""Who may read a document: rooms above say so; whoever none of them names may not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from yiwang.files.models import Document
from yiwang.kernel.registry import Registry

Reader = Callable[[HttpRequest, Document], bool]
READERS: Registry[Reader] = Registry("reader of documents")


def may_read(request: HttpRequest, document: Document) -> bool:
    """Whether some room says that whoever asks may read this document."""
    return any(reader(request, document) for _name, reader in READERS.items())


def _handed_in(request: HttpRequest, document: Document) -> bool:
    """Whoever handed it in themselves may look at it again."""
    person = getattr(request, "person", None)
    return person is not None and (document.by_kind, document.by_id) == ("person", str(person.id))


READERS.add("files.handed_in", _handed_in)
