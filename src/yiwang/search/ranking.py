"""How well a document answers a reading: what is covered, where, and how much else it is. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yiwang.search.lexicon import Lexicon
from yiwang.search.reading import Reading, Wanted

IN_TITLE, IN_ALIAS, IN_THEME, IN_SUMMARY, IN_BODY = 1.0, 0.92, 0.5, 0.4, 0.25
PURE = 0.10  # a title that says nothing else
OWN = 0.05  # what can be done right here
USED = 0.04  # the most used
WHOLE = 0.2  # the words as typed, one after another, in the title
LOOKING = 0.10  # a list or advice, where somebody wants it done
LOOKED_UP = ("查询", "查看", "咨询", "公示", "公布", "预告", "宣传", "名单", "目录", "法规", "下载")
VARIANT = 0.05  # what is done to what one has already, where nobody said so
VARIANTS = (
    *("注销", "延期", "延续", "变更", "补发", "补办", "换发", "换领", "补领", "撤销", "终止"),
    *(
        "恢复",
        "暂停",
        "遗失",
        "损毁",
        "再次",
        "重新",
        "迁出",
        "迁入",
        "续期",
        "挂失",
        "更正",
        "重核",
    ),
)
BESIDE = 0.5  # what answers only what is to be done, and not with what
NEW = 0.02  # the first time, where nobody said otherwise
FRESH = ("首次", "初次", "新办", "新申请", "新增", "设立", "申领", "核发")
ASKS_TO_LOOK = frozenset(LOOKED_UP) | {"查", "看", "进度", "信息", "名录", "哪些", "公告"}


@dataclass(frozen=True)
class Text:
    """The plain words of a document, by where they stand."""

    title: str
    aliases: str
    themes: str
    summary: str
    body: str
    own: bool
    whole: str = ""
    lookup: bool = False
    variants: tuple[str, ...] = ()
    fresh: bool = False

    @classmethod
    def of(cls, title: str, aliases: str, themes: str, summary: str, body: str, own: bool) -> Text:
        """The words, and what sort of title it is."""
        return cls(
            title, aliases, themes, summary, body, own,
            whole="\n".join((title, aliases, themes, summary, body)),
            lookup=any(word in title for word in LOOKED_UP),
            variants=tuple(word for word in VARIANTS if word in title),
            fresh=any(word in title for word in FRESH),
        )  # fmt: skip

    def place(self, token: str) -> float:
        """What a token is worth here: by the best place it stands in."""
        if token in self.title:
            return IN_TITLE
        if token in self.aliases:
            return IN_ALIAS
        if token in self.themes:
            return IN_THEME
        if token in self.summary:
            return IN_SUMMARY
        return IN_BODY if token in self.body else 0.0


@dataclass(frozen=True)
class Scored:
    """How well a document answers: `covered` of 0 to 1, and `score`, by which it is ordered."""

    covered: float
    score: float


@dataclass(frozen=True)
class _Answer:
    """Words that would answer, with what each token tells."""

    worth: float
    tokens: tuple[tuple[str, float], ...]
    whole: float


class Judge:
    """Scores documents for one reading."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self.text = reading.text
        self.weight = reading.weight or 1.0
        self.units = [
            (unit.weight, unit.thing, sorted((_answer(one, lexicon) for one in unit.wanted),
                                 key=lambda one: -one.worth))
            for unit in reading.units
        ]  # fmt: skip
        self.things = any(unit.thing for unit in reading.units)
        self.tokens = {token for _, _, answers in self.units for one in answers
                       for token, _ in one.tokens}  # fmt: skip
        words = " ".join([self.text, *_words(reading)])
        self.looks = any(word in asked for asked in _actions(reading) for word in ASKS_TO_LOOK)
        self.asked = frozenset(word for word in VARIANTS if word in words)

    def score(self, text: Text, use: float) -> Scored:
        """How well this text answers; `use` from 0 to 1."""
        places = {token: text.place(token) for token in self.tokens if token in text.whole}
        told = 0.0
        in_title: set[str] = set()
        named = not self.things
        for weight, thing, answers in self.units:
            strength, best = _strongest(answers, places)
            told += weight * strength
            named = named or (thing and strength > 0)
            if best is not None:
                in_title.update(t for t, _ in best.tokens if places.get(t, 0.0) >= IN_TITLE)
        covered = told / self.weight * (1 if named else BESIDE)
        signs = len(in_title) + (len(in_title) > 0)
        score = covered * (1 + PURE * min(1.0, signs / max(len(text.title), 1)))
        score += OWN * text.own + USED * use + self._kind(text)
        if self.text in text.title:
            score += WHOLE
        return Scored(covered, score - 0.0001 * len(text.title))

    def _kind(self, text: Text) -> float:
        """What the sort of title adds or takes."""
        kind = -LOOKING if text.lookup and not self.looks else 0.0
        if any(word not in self.asked for word in text.variants):
            kind -= VARIANT
        return kind + NEW * (text.fresh and not self.asked)


def _answer(wanted: Wanted, lexicon: Lexicon) -> _Answer:
    tokens = tuple((token, lexicon.share(token)) for token in wanted.tokens)
    return _Answer(wanted.worth, tokens, sum(share for _, share in tokens) or 1.0)


def _strongest(
    answers: Sequence[_Answer], places: Mapping[str, float]
) -> tuple[float, _Answer | None]:
    """How strong the best of these words stand in a document, and which it is."""
    best, chosen = 0.0, None
    for one in answers:
        if one.worth <= best:
            break
        told = 0.0
        for token, share in one.tokens:
            if token in places:
                told += share * places[token]
        strength = one.worth * told / one.whole
        if strength > best:
            best, chosen = strength, one
    return best, chosen


def _actions(reading: Reading) -> Iterator[str]:
    """The query, and what its actions mean: a thing may mean a list without asking for one."""
    yield reading.text
    for unit in reading.units:
        if not unit.thing:
            yield from (word for one in unit.wanted for word in one.words)


def _words(reading: Reading) -> Iterator[str]:
    return (word for unit in reading.units for one in unit.wanted for word in one.words)


def uses_of_one(uses: Mapping[str, int]) -> dict[str, float]:
    """Numbers of use as 0 to 1: the most used is 1, by the logarithm."""
    most = math.log1p(max(uses.values(), default=0))
    return {key: math.log1p(number) / most for key, number in uses.items()} if most else {}
