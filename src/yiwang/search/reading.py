"""Reading what somebody typed: into units, each with the words that would answer it. Pure.

A run of characters is cut into words people say (longest first), fillers, and the rest. What
stands in no name is looked up by its sound and by one sign less, more or other. Letters are read
as English words, else as pinyin or initials.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from yiwang.search.lexicon import LONGEST_SAID, Lexicon
from yiwang.search.words import LONGEST, bigrams, is_latin, plain, runs

SAID_AS_IS = 0.8  # what a said word itself is worth beside what it means
FADING = 0.93  # each further meaning is worth this much of the one before
GUESSED = {"said": 1.0, "filler": 0.95, "sound": 0.62, "near": 0.5}
FEWEST_LETTERS = 2
ACTION = 0.7  # what weighs more is a thing
DOUBT = 0.7  # a word taken for another weighs less than one that was said


@dataclass(frozen=True)
class Wanted:
    """Words that would answer a unit, all of them together, and how well they would."""

    words: tuple[str, ...]
    worth: float

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The bigrams to look for."""
        return tuple(token for word in self.words for token in bigrams(word))


@dataclass(frozen=True)
class Unit:
    """One thing the query says: its text, what would answer it, what it weighs."""

    text: str
    wanted: tuple[Wanted, ...]
    weight: float
    thing: bool = True  # what is wanted, not what is done to it nor for whom


@dataclass(frozen=True)
class Reading:
    """A query as it was understood; `corrected` says how, where something was taken for another."""

    units: tuple[Unit, ...]
    text: str
    corrected: str = ""

    @cached_property
    def weight(self) -> float:
        """What all units weigh."""
        return sum(unit.weight for unit in self.units)


@dataclass(frozen=True)
class _Piece:
    text: str
    how: str  # said, filler, sound, near, rest
    words: tuple[str, ...] = ()


def read(query: str, lexicon: Lexicon) -> Reading:
    """What a query asks for."""
    text = plain(query)[:LONGEST]
    pieces: list[_Piece] = []
    for latin, group in groupby(runs(text), key=is_latin):
        words = list(group)
        if latin:
            pieces += _letters(words, lexicon)
        else:
            pieces += [piece for run in words for piece in _cut(run, lexicon)]
    told = [piece for piece in pieces if piece.how != "filler"] or pieces
    units = tuple(_unit(piece, lexicon) for piece in told)
    return Reading(units, "".join(runs(text)), _corrected(pieces))


# ---- characters


def _cut(run: str, lexicon: Lexicon) -> list[_Piece]:
    """The best way to cut a run: as much as possible said in as few words as possible."""
    best: list[tuple[float, list[_Piece]]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        before, pieces = best[end - 1]
        choice = (before, [*pieces, _Piece(run[end - 1], "rest")])
        for start in range(max(0, end - LONGEST_SAID), end):
            piece = _known(run[start:end], lexicon)
            if piece is None:
                continue
            score = best[start][0] + len(piece.text) ** 2 * GUESSED[piece.how]
            if score > choice[0]:
                choice = (score, [*best[start][1], piece])
        best.append(choice)
    return _joined(best[-1][1])


def _known(part: str, lexicon: Lexicon) -> _Piece | None:
    said = lexicon.said.get(part)
    if said is not None:
        return _Piece(part, "filler" if said.filler else "said", (part,))
    if len(part) < 2 or part in lexicon.sounds or not lexicon.strange(part):
        return None
    if words := lexicon.sounding(part):
        return _Piece(part, "sound", tuple(words))
    if words := lexicon.near(part):
        return _Piece(part, "near", tuple(words))
    return None


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Neighbouring leftovers as one."""
    joined: list[_Piece] = []
    for how, group in groupby(pieces, key=lambda one: one.how):
        found = list(group)
        joined += [_Piece("".join(p.text for p in found), "rest")] if how == "rest" else found
    return joined


# ---- letters


def _letters(words: list[str], lexicon: Lexicon) -> list[_Piece]:
    """English words as they are; anything else as pinyin or initials."""
    if all(word in lexicon.counts or word in lexicon.said for word in words):
        return _english(words, lexicon)
    whole = "".join(words)
    if found := _english(words, lexicon, partly=True):
        return found
    if spelled := lexicon.spelled(whole):
        return [_Piece(whole, "sound", tuple(spelled))]
    if (pieces := _pinyin(whole, lexicon)) is not None:
        return pieces
    if len(whole) >= FEWEST_LETTERS and (begun := lexicon.begun(whole)):
        return [_Piece(whole, "sound", tuple(begun))]
    if nearly := lexicon.spelled_whole(whole):
        return [_Piece(whole, "sound", tuple(nearly))]
    return [_Piece(word, "rest") for word in words]


def _english(words: list[str], lexicon: Lexicon, partly: bool = False) -> list[_Piece]:
    """Words cut into what is said, longest first; nothing where `partly` and none is said."""
    pieces, at = [], 0
    while at < len(words):
        for end in range(min(len(words), at + 4), at, -1):
            phrase = " ".join(words[at:end])
            if (said := lexicon.said.get(phrase)) is not None:
                pieces.append(_Piece(phrase, "filler" if said.filler else "said", (phrase,)))
                at = end
                break
        else:
            pieces.append(_Piece(words[at], "rest"))
            at += 1
    if partly and not any(piece.how == "said" for piece in pieces):
        return []
    return pieces


def _pinyin(letters: str, lexicon: Lexicon) -> list[_Piece] | None:
    """Letters cut into known words spelled whole, the last perhaps only begun; None if not so."""
    best: list[tuple[int, list[_Piece]] | None] = [(0, [])]
    for end in range(1, len(letters) + 1):
        choice: tuple[int, list[_Piece]] | None = None
        for start in range(max(0, end - 30), end - 1):
            earlier = best[start]
            if earlier is None or not (words := lexicon.spelled_exactly(letters[start:end])):
                continue
            score = earlier[0] + (end - start) ** 2
            if choice is None or score > choice[0]:
                said = lexicon.said.get(words[0])
                how = "filler" if said is not None and said.filler else "sound"
                choice = (score, [*earlier[1], _Piece(letters[start:end], how, tuple(words))])
        best.append(choice)
    if best[-1] is not None:
        return best[-1][1]
    at = max((n for n, one in enumerate(best) if one is not None and n), default=0)
    if at and len(letters) - at >= 1 and (begun := lexicon.begun(letters[at:])):
        done = best[at]
        return [*(done[1] if done else []), _Piece(letters[at:], "sound", tuple(begun))]
    return None


# ---- units


def _unit(piece: _Piece, lexicon: Lexicon) -> Unit:
    if piece.how == "rest":
        return _leftover(piece.text, lexicon)
    wanted: dict[tuple[str, ...], float] = {}
    weight = 0.0
    for rank, word in enumerate(piece.words):
        said = lexicon.said.get(word)
        means = said.means if said else ()
        weight = max(weight, said.weight if said else _weight(word, lexicon))
        trust = FADING**rank
        for n, meaning in enumerate(means):
            _offer(wanted, tuple(meaning.split()), trust * FADING**n)
        _offer(wanted, (word,), trust * (SAID_AS_IS if means else 1.0))
    if piece.how != "said":
        _offer(wanted, (piece.text,), 1.0)
    thing = weight > ACTION
    weight *= 1.0 if piece.how == "said" else DOUBT
    return Unit(piece.text, tuple(Wanted(*one) for one in wanted.items()), weight, thing)


def _offer(wanted: dict[tuple[str, ...], float], words: tuple[str, ...], worth: float) -> None:
    wanted[words] = max(worth, wanted.get(words, 0.0))


def _leftover(text: str, lexicon: Lexicon) -> Unit:
    words = (text,) if is_latin(text) or len(text) <= 8 else tuple(bigrams(text))
    return Unit(text, (Wanted(words, 1.0),), _weight(text, lexicon), len(text) > 1)


def _weight(text: str, lexicon: Lexicon) -> float:
    """What an undeclared word weighs: by its rarest pair that stands in some name."""
    if len(text) == 1 and not is_latin(text):
        return 0.15
    tokens = [text] if is_latin(text) else bigrams(text)
    known = [lexicon.share(token) for token in tokens if lexicon.counts.get(token)]
    return max(known) if known else 0.3


def _corrected(pieces: list[_Piece]) -> str:
    """The query as it was taken, where something in it was taken for another word."""
    if not any(piece.how in ("sound", "near") for piece in pieces):
        return ""
    return "".join(p.words[0] if p.how in ("sound", "near") else p.text for p in pieces)
