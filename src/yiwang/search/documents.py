"""What can be found: documents, given by the rooms above for a version of the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack

NOTHING = Text(zh="", en="")


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    `kind` and `id` name it; `aliases` are other names of it, in any language. `own` is true for
    what can be done right here, false for a guide only. `days` is the promised number of working
    or natural days, in words. `audiences` are `person` and `organisation`; the other facets are
    words as they are shown. `url` is empty where there is no page of it yet.
    """

    kind: str
    id: str
    title: Text
    url: str
    aliases: tuple[str, ...] = ()
    summary: Text = NOTHING
    body: str = ""
    department: Text = NOTHING
    audiences: tuple[str, ...] = ()
    place: Text = NOTHING
    themes: tuple[Text, ...] = ()
    life_events: tuple[Text, ...] = ()
    days: Text = NOTHING
    online: bool = False
    own: bool = False
    icon: str = "file-text"

    @property
    def key(self) -> str:
        """Its name among all documents."""
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True)
class Source:
    """A room's documents for a version of the pack, and how often each of them is used.

    `uses` gives numbers by the document's id; it is asked every few minutes, `documents` once for
    a version of the pack.
    """

    documents: Callable[[Pack], Iterable[Document]]
    uses: Callable[[], Mapping[str, int]] | None = None


SOURCES: Registry[Source] = Registry("source of search")
