"""Finding: what answers a query, by which facets it can be narrowed, and what leads on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import tantivy

from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.search.documents import Document
from yiwang.search.index import Index, index_of
from yiwang.search.ranking import Judge
from yiwang.search.reading import Reading, read

CANDIDATES = 100
NAME, ABOUT = 3.0, 1.0
LEAST = 0.30  # a document that covers less of the query is no answer
LEAST_OF_BEST = 0.45
ON_A_PAGE = 10
FACETS = ("life_event", "department", "audience", "place", "theme")


@dataclass(frozen=True)
class Hit:
    """A document found, and how well it answers."""

    document: Document
    score: float


@dataclass(frozen=True)
class Choice:
    """A value a facet may have: its word, and how many would be left."""

    value: str
    label: Text
    count: int


@dataclass(frozen=True)
class Found:
    """What came of a query: the hits of all pages, how the query was read, and the choices."""

    query: str
    hits: tuple[Hit, ...]
    reading: Reading
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)


def find(pack: Pack, query: str, narrowed: Mapping[str, str] | None = None) -> Found:
    """What answers `query` in this pack, best first, of the facet values in `narrowed`.

    An empty query with facets gives all of these, the most used first; without facets nothing.
    """
    index = index_of(pack)
    narrowed = {name: value for name, value in (narrowed or {}).items() if value}
    reading = read(query, index.lexicon)
    hits = _answers(index, reading) if reading.units else []
    if narrowed and not reading.units:
        hits = _by_use(index)
    kept = [hit for hit in hits if _fits(hit.document, narrowed)]
    return Found(query, tuple(kept), reading, _choices(hits, narrowed))


def edition(pack: Pack) -> tuple[str, float]:
    """What all answers depend on beside the query: the index, and when uses were last counted."""
    index = index_of(pack)
    return index.name, index.counted_at()


def most_used(pack: Pack, number: int = 6) -> list[Document]:
    """What people need most often: by matters, what can be done right here first."""
    return [hit.document for hit in _by_use(index_of(pack))[:number]]


def suggest(pack: Pack, begun: str, number: int = 6) -> list[Document]:
    """What somebody who typed this much may be about to ask for; no two of the same name."""
    found: dict[str, Document] = {}
    for hit in find(pack, begun).hits:
        found.setdefault(hit.document.title.zh, hit.document)
        if len(found) == number:
            break
    return list(found.values())


def others(found: Found) -> list[str]:
    """Other things to ask for, where a query found little: its parts, one by one."""
    parts = [unit.text for unit in found.reading.units if len(unit.text) > 1]
    return [part for part in dict.fromkeys(parts) if part != found.reading.text]


def marked(title: str, reading: Reading) -> list[tuple[str, bool]]:
    """A title in pieces, each with whether the query asked for it."""
    words = {word for unit in reading.units for one in unit.wanted for word in one.words}
    words |= {token for unit in reading.units for one in unit.wanted[:1] for token in one.tokens}
    low = title.lower()
    hit = [False] * len(title)
    for word in words:
        at = low.find(word) if len(word) > 1 else -1
        while at >= 0:
            hit[at : at + len(word)] = [True] * len(word)
            at = low.find(word, at + 1)
    pieces = groupby(zip(title, hit, strict=True), key=lambda one: one[1])
    return [("".join(sign for sign, _ in group), was) for was, group in pieces]


def facet_values(document: Document, facet: str) -> list[Text]:
    """What a document has in a facet."""
    return _FACETS[facet](document)


# ---- answers


def _answers(index: Index, reading: Reading) -> list[Hit]:
    judge, uses = Judge(reading, index.lexicon), index.uses()
    scored = []
    for at in _candidates(index, reading):
        document = index.documents[at]
        one = judge.score(index.texts[at], uses.get(document.key, 0.0))
        if one.covered >= LEAST:
            scored.append(Hit(document, one.score))
    scored.sort(key=lambda hit: -hit.score)
    best = scored[0].score if scored else 0.0
    return [hit for hit in scored if hit.score >= best * LEAST_OF_BEST]


def _candidates(index: Index, reading: Reading) -> list[int]:
    """The documents that share the most with the query, by the words they are found under."""
    single = reading.text if len(reading.text) == 1 else ""
    if single:
        return [at for at, text in enumerate(index.texts) if single in text.title][:CANDIDATES]
    boosts: dict[str, float] = {}
    for unit in reading.units:
        for wanted in unit.wanted:
            for token in wanted.tokens:
                boosts[token] = max(boosts.get(token, 0.0), unit.weight * wanted.worth)
    parts = [
        (tantivy.Occur.Should, tantivy.Query.boost_query(
            tantivy.Query.term_query(index.schema, name, token, "freq"), boost * factor))
        for token, boost in boosts.items()
        for name, factor in (("name", NAME), ("about", ABOUT))
    ]  # fmt: skip
    found = index.searcher.search(tantivy.Query.boolean_query(parts), CANDIDATES, count=False)
    numbers = index.searcher.fast_field_values("at", [address for _, address in found.hits])
    return [int(at) for at in numbers]


def _by_use(index: Index) -> list[Hit]:
    uses = index.uses()
    hits = [Hit(one, uses.get(one.key, 0.0)) for one in index.documents]
    return sorted(hits, key=lambda hit: (-hit.score, not hit.document.own))


# ---- facets


def _audiences(one: Document) -> list[Text]:
    return [AUDIENCES[name] for name in one.audiences if name in AUDIENCES]


AUDIENCES = {
    "person": Text(zh="个人", en="People"),
    "organisation": Text(zh="企业和单位", en="Firms and organisations"),
}
_FACETS: dict[str, Callable[[Document], list[Text]]] = {
    "life_event": lambda one: list(one.life_events),
    "department": lambda one: [one.department] if one.department else [],
    "audience": _audiences,
    "place": lambda one: [one.place] if one.place else [],
    "theme": lambda one: list(one.themes),
}


def _fits(document: Document, narrowed: Mapping[str, str]) -> bool:
    return all(
        value in (it.zh for it in facet_values(document, name)) for name, value in narrowed.items()
    )


def _choices(hits: Sequence[Hit], narrowed: Mapping[str, str]) -> dict[str, tuple[Choice, ...]]:
    """For each facet its values with the number of hits that all other facets leave."""
    found = {}
    for name in FACETS:
        others = {other: value for other, value in narrowed.items() if other != name}
        left = (hit.document for hit in hits if _fits(hit.document, others))
        found[name] = _counted(left, name)
    return found


def _counted(documents: Iterable[Document], name: str) -> tuple[Choice, ...]:
    counts: Counter[str] = Counter()
    labels: dict[str, Text] = {}
    for document in documents:
        for label in facet_values(document, name):
            counts[label.zh] += 1
            labels[label.zh] = label
    return tuple(Choice(value, labels[value], count) for value, count in counts.most_common(10))
