"""The index of a version of the pack: built once for all processes, kept open in each.

It lies in a folder named after everything it was made from. Whoever first needs it builds it
aside and moves it into place in one step; the others find it there. Old ones are removed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.search import ranking
from yiwang.search.building import FORMAT, build, schema
from yiwang.search.documents import SOURCES, Document
from yiwang.search.lexicon import Lexicon
from yiwang.search.vocabulary import EVERYDAY, said_in
from yiwang.search.words import plain

KEPT = 2  # indexes on disk: the live one and the one before
SECONDS_OF_USE = 300.0  # how long numbers of use are trusted
log = logging.getLogger(__name__)


@dataclass
class Index:
    """An open index: its documents, their plain words, the lexicon, and how often each is used."""

    name: str
    documents: Sequence[Document]
    texts: Sequence[ranking.Text]
    lexicon: Lexicon
    searcher: tantivy.Searcher
    schema: tantivy.Schema
    seconds: float
    _uses: dict[str, float]
    _used_at: float = float("-inf")

    def uses(self) -> dict[str, float]:
        """How often each document is used, 0 to 1 by its key; some minutes old at most."""
        if time.monotonic() - self._used_at > SECONDS_OF_USE:
            self._used_at = time.monotonic()
            self._uses = _counted()
        return self._uses

    def counted_at(self) -> float:
        """When uses were last counted (monotonic seconds): now, where they grew old."""
        self.uses()
        return self._used_at


class _Open:
    """The index this process has open."""

    index: Index | None = None
    lock = threading.Lock()


def index_of(pack: Pack) -> Index:
    """The index of this pack, opened or first built where need be."""
    name = f"{pack.hash[:24]}-{_program()}"
    found = _Open.index
    if found is None or found.name != name:
        with _Open.lock:
            found = _Open.index
            if found is None or found.name != name:
                found = _Open.index = _opened(name, pack)
    return found


def _program() -> str:
    """What of the program itself goes into an index: its format, its words, its sources."""
    return f"{FORMAT}-{_everyday()}-{hashlib.sha256(' '.join(SOURCES).encode()).hexdigest()[:6]}"


@cache
def _everyday() -> str:
    words = b"".join(file.read_bytes() for file in sorted(EVERYDAY.glob("*.yaml")))
    return hashlib.sha256(words).hexdigest()[:8]


def _opened(name: str, pack: Pack) -> Index:
    root = Path(settings.SEARCH_ROOT)
    folder, began = root / name, time.monotonic()
    if not folder.exists():
        _put(root, folder, pack)
        _remove_old(root, folder)
        log.info("search: index %s built in %.1f s", name, time.monotonic() - began)
    rows = json.loads((folder / "documents.json").read_text())
    documents = [_document(row) for row in rows]
    tantivy_index = tantivy.Index(schema(), path=str(folder / "tantivy"))
    return Index(
        name=name,
        documents=documents,
        texts=[_text(one) for one in documents],
        lexicon=Lexicon.of_data(json.loads((folder / "lexicon.json").read_text())),
        searcher=tantivy_index.searcher(),
        schema=tantivy_index.schema,
        seconds=time.monotonic() - began,
        _uses={},
    )


def _put(root: Path, folder: Path, pack: Pack) -> None:
    aside = root / f".{uuid.uuid4().hex}"
    aside.mkdir(parents=True)
    try:
        documents = [one for _, source in SOURCES.items() for one in source.documents(pack)]
        build(aside, documents, said_in(pack))
        try:
            aside.rename(folder)
        except OSError:
            if not folder.exists():  # another process was faster otherwise
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _remove_old(root: Path, live: Path) -> None:
    others = [one for one in root.iterdir() if one.is_dir() and one != live]
    others.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    finished = [one for one in others if not one.name.startswith(".")]
    left = [one for one in others if one.name.startswith(".") and _older_than_an_hour(one)]
    for one in [*finished[KEPT - 1 :], *left]:
        shutil.rmtree(one, ignore_errors=True)


def _older_than_an_hour(folder: Path) -> bool:
    return time.time() - folder.stat().st_mtime > 3600


def _counted() -> dict[str, float]:
    counted = {
        f"{name}/{id}": number
        for name, source in SOURCES.items()
        if source.uses is not None
        for id, number in source.uses().items()
    }
    return ranking.uses_of_one(counted)


def _document(row: dict[str, Any]) -> Document:
    for name in ("title", "summary", "department", "place", "days"):
        row[name] = Text(zh=row[name][0], en=row[name][1])
    for name in ("life_events", "themes"):
        row[name] = tuple(Text(zh=zh, en=en) for zh, en in row[name])
    for name in ("aliases", "audiences"):
        row[name] = tuple(row[name])
    return Document(**row)


def _text(one: Document) -> ranking.Text:
    return ranking.Text.of(
        title=plain(_both(one.title)),
        aliases=plain("\n".join(one.aliases)),
        themes=plain(" ".join(map(_both, (*one.themes, *one.life_events)))),
        summary=plain(_both(one.summary)),
        body=plain(one.body),
        own=one.own,
    )


def _both(words: Text) -> str:
    return words.zh if words.en == words.zh else f"{words.zh}\n{words.en}"
