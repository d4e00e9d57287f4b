"""Reading documents."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db.models import QuerySet

from yiwang.files import store
from yiwang.files.models import Document
from yiwang.kernel.errors import Defect, NotFound
from yiwang.kernel.words import Text
from yiwang.ledger import keys

NOT_THERE = Text(
    zh="没有找到这份文件，或者您无权查看。",
    en="There is no such document, or you may not read it.",
)
ERASED = Text(
    zh="这份文件已按规定删除，不能再打开。",
    en="This document was erased as the rules require and cannot be opened any more.",
)


def document(id: UUID) -> Document:
    """The row of a document; NotFound where there is none."""
    found = Document.objects.filter(id=id).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def documents_of(root: UUID) -> QuerySet[Document]:
    """Documents of a root case that were not erased, the oldest first."""
    return Document.objects.filter(root=root, erased_at__isnull=True).order_by("at", "id")


def open_document(id: UUID) -> bytes:
    """The plain bytes of a document, proven to be the ones handed in.

    Raises NotFound where there is none or it was erased, Defect where its bytes were lost or
    changed. Whoever calls decides who may read, and records it.
    """
    found = document(id)
    key = keys.key_of(found.root)
    if found.erased_at is not None or key is None:
        raise NotFound(ERASED)
    sealed = store.read(found.stored)
    if sealed is None:
        raise Defect(f"the bytes of document {id} are not where they were put")
    plain = keys.decrypt(key, sealed, found.id.bytes)
    if hashlib.sha256(plain).hexdigest() != found.sha256:
        raise Defect(f"the bytes of document {id} are not the ones handed in")
    return plain
