"""The words an index knows: what people say and what it means, how words sound, how often each
pair of characters stands in a name; and from them the nearest known word to a wrong one. Pure.
"""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from yiwang.search.words import bigrams, is_latin

LONGEST_SAID = 14
SHORTEST_NEAR = 4  # below that, one other sign is another word
LONGEST_NEAR = 6  # signs of a word that one wrong sign still lets be seen
LIKE = 4  # how many words one sound may stand for


@dataclass(frozen=True)
class Said:
    """A known word: what it means (words that must all be there, best first), what it weighs."""

    means: tuple[str, ...] = ()
    weight: float = 1.0
    filler: bool = False


@dataclass
class Lexicon:
    """Everything about words that reading a query needs.

    `said` are the words with a meaning; `sounds` gives every known word its syllables; `readings`
    the syllables a character can have; `counts` in how many names of documents a token stands
    (0: only in the vocabulary), of `names`.
    """

    said: dict[str, Said]
    sounds: dict[str, tuple[str, ...]]
    readings: dict[str, tuple[str, ...]]
    counts: dict[str, int]
    names: int
    _by_sound: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _by_initials: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _sound_keys: list[str] = field(default_factory=list, repr=False)
    _initial_keys: list[str] = field(default_factory=list, repr=False)
    _near: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Work out the ways to a word: by sound, by initials, by one sign left out."""
        by_sound, by_initials = defaultdict(list), defaultdict(list)
        near: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.sounds, key=self._rank):
            syllables = self.sounds[word]
            by_sound["".join(syllables)].append(word)
            by_initials["".join(one[:1] for one in syllables)].append(word)
            if 3 <= len(word) <= LONGEST_NEAR + 1:
                for shorter in {word, *_shortened(word)}:
                    near[shorter].append(word)
        self._by_sound, self._by_initials, self._near = dict(by_sound), dict(by_initials), near
        self._sound_keys, self._initial_keys = sorted(by_sound), sorted(by_initials)

    def _rank(self, word: str) -> tuple[bool, int, int]:
        """Words people say first, then the commonest, then the shortest."""
        said = self.said.get(word)
        return (said is None or said.filler, -self.counts.get(word[:2], 0), len(word))

    def share(self, token: str) -> float:
        """What a token tells: 1 where it stands in one name, less the more names have it."""
        count = self.counts.get(token, 0)
        return math.log1p(self.names / (count + 0.5)) / math.log1p(self.names / 0.5)

    def strange(self, run: str) -> bool:
        """Whether some two neighbouring characters of it stand in no name of a document."""
        return any(not self.counts.get(pair) for pair in bigrams(run))

    # ---- by sound

    def sounding(self, run: str) -> list[str]:
        """Known words that sound like a run of characters, without being it."""
        readings = [self.readings.get(sign, ()) for sign in run]
        if not all(readings) or len(run) > 8:
            return []
        heard = ("".join(one) for one in product(*(each[:2] for each in readings)))
        return _first([word for key in heard for word in self._by_sound.get(key, ()) if word != run
                       and len(word) == len(run)])  # fmt: skip

    def spelled(self, letters: str) -> list[str]:
        """Known words whose whole pinyin, or whose initials, are these letters."""
        return _first([*self._by_sound.get(letters, ()), *self._by_initials.get(letters, ())])

    def begun(self, letters: str) -> list[str]:
        """Known words whose pinyin, or whose initials, begin with these letters."""
        found = [
            *_beginning(letters, self._sound_keys, self._by_sound),
            *(_beginning(letters, self._initial_keys, self._by_initials) if letters[1:] else ()),
        ]
        return _first(sorted(found, key=self._rank))

    def spelled_exactly(self, letters: str) -> list[str]:
        """Known words whose whole pinyin are these letters."""
        return self._by_sound.get(letters, [])[:LIKE]

    def spelled_whole(self, letters: str) -> list[str]:
        """Known words whose whole pinyin are these letters, or all but one of them."""
        if exact := self._by_sound.get(letters):
            return _first(exact)
        if len(letters) < 5:
            return []
        shorter = _shortened(letters)
        return _first([word for key in shorter for word in self._by_sound.get(key, ())])

    # ---- by signs

    def near(self, run: str) -> list[str]:
        """Known words of about as many signs that differ in one: another, a missing, one more."""
        if not SHORTEST_NEAR <= len(run) <= LONGEST_NEAR or is_latin(run) or self._holds_said(run):
            return []
        found = [*self._near.get(run, ())]
        for shorter in _shortened(run):
            found += self._near.get(shorter, ())
        return _first([word for word in found if word != run and abs(len(word) - len(run)) <= 1])

    def _holds_said(self, run: str) -> bool:
        """Whether something said begins or ends it, or speech stands in it: no one word then."""
        if any((said := self.said.get(sign)) and said.filler for sign in run):
            return True
        parts = (run[:n] for n in range(2, len(run))), (run[n:] for n in range(1, len(run) - 1))
        return any(part in self.said for some in parts for part in some)

    # ---- kept

    def as_data(self) -> dict[str, Any]:
        """Plain data, for the folder of the index."""
        return {
            "said": {w: [one.means, one.weight, one.filler] for w, one in self.said.items()},
            "sounds": {word: " ".join(one) for word, one in self.sounds.items()},
            "readings": {sign: " ".join(one) for sign, one in self.readings.items()},
            "counts": self.counts,
            "names": self.names,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon kept as this data."""
        return cls(
            said={
                word: Said(tuple(means), weight, filler)
                for word, (means, weight, filler) in data["said"].items()
            },
            sounds={word: tuple(one.split()) for word, one in data["sounds"].items()},
            readings={sign: tuple(one.split()) for sign, one in data["readings"].items()},
            counts=data["counts"],
            names=data["names"],
        )


def _shortened(word: str) -> set[str]:
    return {word[:n] + word[n + 1 :] for n in range(len(word))}


def _first(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))[:LIKE]


def _beginning(letters: str, keys: list[str], words: Mapping[str, list[str]]) -> list[str]:
    at = bisect.bisect_left(keys, letters)
    found: list[str] = []
    while at < len(keys) and keys[at].startswith(letters) and len(found) < 200:
        found += words[keys[at]]
        at += 1
    return found
