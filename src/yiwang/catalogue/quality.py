"""How good a guide is, in the manner of a provincial checker: criteria over what it tells. Pure.

A criterion passes, fails, or cannot be judged because the source does not tell what it needs: that
is no pass. Where a criterion does not concern an item it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from yiwang.catalogue.guide import Guide, NoLimit
from yiwang.catalogue.phones import Phone, phones
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit

State = Literal["passed", "failed", "not-told"]
_CLOCK = re.compile(r"\d{1,2}\s*[:：点时]\s*\d{0,2}|全天|24\s*小时|round the clock", re.I)
_PLACE = re.compile(r"\d+\s*(?:号|楼|层|室|窗|栋|座|弄)|\d")
_DAYS_A_WEEK = (5, 7)  # working days in natural ones


@dataclass(frozen=True)
class Verdict:
    """What one criterion says of one guide: in which element, and what to do."""

    criterion: str
    state: State
    field: str = ""
    what: Text | None = None
    remedy: Text | None = None


@dataclass(frozen=True)
class Criterion:
    """A thing to look at. `look` gives None where it does not concern an item."""

    code: str
    title: Text
    look: Callable[[Guide], Verdict | None]


@dataclass(frozen=True)
class Score:
    """Verdicts counted, for one office or for all."""

    items: int
    passed: int
    failed: int
    not_told: int

    @property
    def percent(self) -> int | None:
        """Of what could be judged, how much passed; None where nothing could be judged."""
        judged = self.passed + self.failed
        return round(100 * self.passed / judged) if judged else None

    @property
    def told(self) -> int:
        """How much of what concerns the items could be judged, in percent."""
        judged = self.passed + self.failed
        return round(100 * judged / (judged + self.not_told)) if judged + self.not_told else 100


def judged(guide: Guide) -> tuple[Verdict, ...]:
    """What every criterion that concerns a guide says of it."""
    found = (one.look(guide) for one in CRITERIA)
    return tuple(one for one in found if one is not None)


def score(guides: Iterable[Guide]) -> Score:
    """The verdicts over several guides, counted."""
    items = list(guides)
    states = [one.state for guide in items for one in judged(guide)]
    return Score(
        len(items), states.count("passed"), states.count("failed"), states.count("not-told")
    )


def by_office(guides: Iterable[Guide]) -> dict[str, list[Guide]]:
    """Guides by the id of their office, empty for those of nobody; offices as they come."""
    found: dict[str, list[Guide]] = {}
    for one in guides:
        found.setdefault(one.office.id if one.office else "", []).append(one)
    return found


def _passed(code: str) -> Verdict:
    return Verdict(code, "passed")


def _not_told(code: str, field: str) -> Verdict:
    return Verdict(
        code,
        "not-told",
        field,
        Text(
            zh="来源没有提供这一项，无法判断。", en="The source does not tell; it cannot be judged."
        ),
        Text(zh="补上这一项。", en="Tell it."),
    )


def _failed(code: str, field: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Verdict:
    return Verdict(code, "failed", field, Text(zh=zh, en=en), Text(zh=mend_zh, en=mend_en))


def _handling(guide: Guide) -> Verdict | None:
    code, promised = "handling", guide.promised
    if guide.handling is None or promised is None:
        return _not_told(code, "handling" if guide.handling is None else "promised")
    if promised == "none":
        return _failed(
            code, "promised",
            "没有承诺时限。", "No limit is promised.",
            "写明承诺几天办结。", "Promise a number of days.",
        )  # fmt: skip
    if guide.handling == "instant" and promised.days > 1:
        return _failed(
            code, "promised",
            f"即办件的承诺时限是 {promised.days} 天。",
            f"It is done while one waits, yet {promised.days} days are promised.",
            "改为 1 天以内，或把办件类型改为承诺件。",
            "Promise a day at most, or call it one with a promised time.",
        )  # fmt: skip
    if guide.handling == "promised" and promised.days == 0:
        return _failed(
            code, "promised",
            "承诺件的承诺时限是 0 天。", "It has a promised time, yet 0 days are promised.",
            "写明几天，或改为即办件。", "Give the days, or say that it is done while one waits.",
        )  # fmt: skip
    return _passed(code)


def _law(guide: Guide) -> Verdict | None:
    code, statutory, promised = "within-the-law", guide.statutory, guide.promised
    if statutory == "none" and guide.type == "permit":
        return _failed(
            code, "statutory",
            "行政许可没有法定时限。", "A permit without a statutory limit.",
            "写明法定时限。", "Give the limit the law sets.",
        )  # fmt: skip
    if statutory == "none":
        return None
    if statutory is None or promised is None:
        return _not_told(code, "statutory" if statutory is None else "promised")
    if _in_days(promised) > _in_days(statutory):
        return _failed(
            code, "promised",
            "承诺时限长于法定时限。", "The promise exceeds the statutory limit.",
            "承诺不得长于法定，改短。", "Shorten the promise to the statutory limit or less.",
        )  # fmt: skip
    return _passed(code)


def _in_days(limit: Limit | NoLimit) -> float:
    """Working days, to compare by; no limit at all is longer than any."""
    if limit == "none":
        return float("inf")
    working, natural = _DAYS_A_WEEK
    return limit.days if limit.count == "working" else limit.days * working / natural


def _visits(guide: Guide) -> Verdict | None:
    code = "visits"
    if guide.visits is None or (guide.online is None and guide.post is None):
        return _not_told(code, "visits" if guide.visits is None else "online")
    if guide.visits == 0 and not guide.online and not guide.post:
        return _failed(
            code, "visits",
            "到场次数为 0，却不能网办也不能邮寄。", "No visits, yet neither online nor by post.",
            "开通网办或邮寄，或改到场次数。", "Offer one of them, or tell the visits.",
        )  # fmt: skip
    return _passed(code)


def _phones(guide: Guide) -> Verdict | None:
    code = "phones"
    if guide.consult is None or guide.complaint is None:
        return _not_told(code, "consult" if guide.consult is None else "complaint")
    mine, theirs = _numbers(guide.consult), _numbers(guide.complaint)
    if not mine or not theirs:
        field = "consult" if not mine else "complaint"
        return _failed(
            code, field,
            "没有能打通的电话号码。", "There is no number one can call.",
            "写上完整的号码。", "Give a whole number.",
        )  # fmt: skip
    if mine == theirs:
        return _failed(
            code, "complaint",
            "投诉电话和咨询电话是同一个。", "Complaints go to the same number as questions.",
            "写一个由别的科室接听的投诉电话。", "Give a number that another office answers.",
        )  # fmt: skip
    return _passed(code)


def _numbers(said: Text) -> set[Phone]:
    return set(phones(said.zh))


def _result(guide: Guide) -> Verdict | None:
    code = "result"
    if guide.result is None and guide.result_type is None:
        return _not_told(code, "result")
    if guide.result_type is None:
        return _not_told(code, "result_type")
    if guide.result_type in ("money", "record", "answer"):
        return _passed(code)  # nothing is handed over of which a sample could be shown
    return _passed(code) if guide.result_sample else _not_told(code, "result_sample")


def _fee(guide: Guide) -> Verdict | None:
    code = "fee"
    if guide.free is None:
        return _not_told(code, "free")
    if guide.free and guide.online_payment:
        return _failed(
            code, "online_payment",
            "不收费，却写着可以网上缴费。", "It is free, yet a payment is offered.",
            "删去网上缴费，或写明收费。", "Leave out the payment, or tell the fee.",
        )  # fmt: skip
    if not guide.free and guide.fee is None:
        return _failed(
            code, "fee",
            "收费，却没有写标准。", "It is not free, yet no fee is told.",
            "写明收多少、依据什么。", "Say how much, and by which law.",
        )  # fmt: skip
    if not guide.free and guide.online and guide.online_payment is None:
        return _not_told(code, "online_payment")
    return _passed(code)


def _steps(guide: Guide) -> Verdict | None:
    code = "steps"
    limits = [one.limit for one in guide.steps or ()]
    if guide.promised == "none":
        return None
    if guide.promised is None or not limits or None in limits:
        return _not_told(code, "steps" if guide.promised else "promised")
    days = sum(_in_days(one) for one in limits if one is not None)
    if days > _in_days(guide.promised):
        return _failed(
            code, "steps",
            f"各环节加起来 {days:g} 天，超过承诺的 {guide.promised.days} 天。",
            f"The steps add up to {days:g} days, the promise is {guide.promised.days}.",
            "缩短环节时限，或改承诺时限。", "Shorten the steps, or promise more days.",
        )  # fmt: skip
    return _passed(code)


def _window(guide: Guide) -> Verdict | None:
    code = "window"
    if guide.counter is False:
        return None
    if guide.counter is None or guide.address is None or guide.hours is None:
        missing = [name for name in ("counter", "address", "hours") if not getattr(guide, name)]
        return _not_told(code, missing[0])
    if not _PLACE.search(guide.address.zh):
        return _failed(
            code, "address",
            "地址没有写到门牌。", "The address has no number.",
            "写到门牌、楼层、窗口。", "Give the number, the floor, the window.",
        )  # fmt: skip
    if not _CLOCK.search(guide.hours.zh):
        return _failed(
            code, "hours",
            "办公时间没有写几点到几点。", "The hours do not say from when to when.",
            "写明哪几天、几点到几点。", "Say on which days, from when to when.",
        )  # fmt: skip
    return _passed(code)


def _permit(guide: Guide) -> Verdict | None:
    code = "permit"
    if guide.type != "permit":
        return None
    if guide.steps is None or guide.questions is None:
        return _not_told(code, "steps" if guide.steps is None else "questions")
    if not guide.steps:
        return _failed(
            code, "steps",
            "行政许可没有写办理环节。", "A permit without its steps.",
            "写明受理、审查、决定各几天。", "Give the steps, each with its days.",
        )  # fmt: skip
    return _passed(code)


def _questions(guide: Guide) -> Verdict | None:
    code = "questions"
    if guide.questions is None:
        return _not_told(code, "questions")
    if not guide.questions:
        return _failed(
            code, "questions",
            "没有常见问题。", "There are no questions and answers.",
            "写上办事人最常问的两三个问题。", "Add the two or three questions people ask most.",
        )  # fmt: skip
    return _passed(code)


def _conditions(guide: Guide) -> Verdict | None:
    code = "conditions"
    if guide.acceptance is None:
        return _not_told(code, "acceptance")
    if not any(guide.acceptance):
        return _failed(
            code, "acceptance",
            "没有写办理条件。", "No conditions are given.",
            "写明谁可以办、满足什么条件。", "Say who may apply and on what conditions.",
        )  # fmt: skip
    return _passed(code)


def _criterion(code: str, zh: str, en: str, look: Callable[[Guide], Verdict | None]) -> Criterion:
    return Criterion(code, Text(zh=zh, en=en), look)


CRITERIA = (
    _criterion(
        "handling", "承诺时限与办件类型一致", "Promise and way of handling agree", _handling
    ),
    _criterion("within-the-law", "承诺不长于法定", "The promise is within the law", _law),
    _criterion("visits", "到场 0 次的能网办或邮寄", "No visits only online or by post", _visits),
    _criterion("phones", "咨询、投诉电话都有且不同", "Both numbers, and different ones", _phones),
    _criterion("result", "结果有类型和样本", "The result has a type and a sample", _result),
    _criterion("fee", "收费与缴费一致", "Fee and payment agree", _fee),
    _criterion("steps", "环节时限不超过承诺", "Steps add up to the limit", _steps),
    _criterion("window", "地址和办公时间准确", "Address and hours are exact", _window),
    _criterion("permit", "行政许可有环节和问答", "A permit has steps and answers", _permit),
    _criterion("questions", "有常见问题", "Questions are answered", _questions),
    _criterion("conditions", "写明办理条件", "Conditions are told", _conditions),
)


def all_judged(guides: Iterable[Guide]) -> Iterator[tuple[Guide, Verdict]]:
    """Every verdict with its guide."""
    for guide in guides:
        for verdict in judged(guide):
            yield guide, verdict
