"""The vocabulary of a pack: its own everyday words before the general ones of the program."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from yiwang.pack.pack import Pack
from yiwang.search.declarations import Vocabulary
from yiwang.search.lexicon import Said
from yiwang.search.words import plain

EVERYDAY = Path(__file__).parent / "everyday"


@cache
def general() -> tuple[Vocabulary, ...]:
    """What the program brings: words any Chinese city's people use."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(
        Vocabulary.model_validate({"id": file.stem, **yaml.load(file.read_text(), loader)})
        for file in sorted(EVERYDAY.glob("*.yaml"))
    )


def said_in(pack: Pack) -> dict[str, Said]:
    """Every word that means something here. Where two say the same, the city's own meanings come
    first and the general ones after."""
    return merged([*pack.all(Vocabulary).values(), *general()])


def merged(vocabularies: Iterable[Vocabulary]) -> dict[str, Said]:
    """The words of several vocabularies, those of earlier ones first."""
    found: dict[str, Said] = {}
    for vocabulary in vocabularies:
        for word in map(plain, vocabulary.fillers):
            found.setdefault(word, Said(filler=True))
        for meaning in vocabulary.words:
            means = tuple(map(plain, meaning.means))
            for word in map(plain, meaning.say):
                before = found.get(word)
                if before is None or before.filler:
                    found[word] = Said(means, meaning.weight)
                else:
                    both = tuple(dict.fromkeys((*before.means, *means)))
                    found[word] = Said(both, max(before.weight, meaning.weight))
    return found
