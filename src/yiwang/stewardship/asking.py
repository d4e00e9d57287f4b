"""What a request for access must satisfy, and what a steward may grant of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, Refusal
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element, Register
from yiwang.registers.grants import allowed
from yiwang.stewardship.declarations import Terms
from yiwang.stewardship.models import AccessRequest
from yiwang.stewardship.needs import items_of, needed

MOST_A_DAY = 1_000_000


@dataclass(frozen=True)
class Wish:
    """What a department asks for, or a steward grants."""

    columns: Sequence[str]
    until: date | None
    a_day: int | None


ASKED_ALREADY = Text(
    zh="本部门已就同样的数据项和事项提出过申请，正在审核。",
    en="Your department has asked for the same columns and items already; it is being decided.",
)
NOT_SHARED = Text(
    zh="「{register}」不予共享，不能申请。{because}",
    en="The {register} is not shared, so it cannot be asked for. {because}",
)
YOUR_OWN = Text(
    zh="「{register}」由本部门负责，本来就可以查。",
    en="Your department keeps the {register} itself and may read it anyway.",
)
NO_SUCH = Text(zh="没有这个登记库。", en="There is no such register.")
CHOOSE_COLUMNS = Text(zh="请选择要查的数据项。", en="Choose which columns.")
CHOOSE_ITEMS = Text(
    zh="请选择用在本部门哪些事项。", en="Choose for which items of your department."
)
SAY_PURPOSE = Text(zh="请写明办这些事项为什么要查。", en="Say why these items need it.")
SAY_LAW = Text(zh="请写明法律法规依据。", en="Name the law that allows it.")
SAY_WHY = Text(
    zh="请写明理由，对方部门会看到原文。",
    en="Give the reasons; the other department reads them word for word.",
)
NOT_NEEDED = Text(
    zh="所选事项用不到：{columns}。请去掉，或者选上用得到的事项。",
    en="None of the items you chose reads: {columns}. Leave them out, or choose the item that "
    "does.",
)
OPEN_ANYWAY = Text(
    zh="本部门已经可以查：{columns}。请去掉。",
    en="Your department may read these already: {columns}. Leave them out.",
)
WHEN = Text(
    zh="请填写截止日期，从明天起最长 {days} 天。",
    en="Give the last day: from tomorrow, for {days} days at most.",
)
HOW_OFTEN = Text(
    zh="请填写每天最多查多少次，1 到 {most}。",
    en="Say how many reads a day at most: 1 to {most}.",
)
NOT_MORE = Text(zh="不能超出申请的范围。", en="This is more than was asked for.")


def may_ask(pack: Pack, register_id: str, department: str) -> Register:
    """A register a department may ask for. Raises Refusal where it may not, with why."""
    register = pack.all(Register).get(register_id)
    if register is None:
        raise Refusal(NO_SUCH)
    if register.steward == department:
        raise Refusal(YOUR_OWN.filled(register=register.title))
    if register.sharing == "none":
        because = register.because or Text(zh="", en="")
        raise Refusal(NOT_SHARED.filled(register=register.title, because=because))
    return register


def clock_of(register: Register, terms: Terms) -> tuple[str, Limit]:
    """The class of a request and within how many days it is decided."""
    if register.source.kind != "table":
        return "others", terms.others
    if register.sharing == "unconditional":
        return "unconditional", terms.unconditional
    return "conditional", terms.conditional


def is_less(asked: AccessRequest, wish: Wish) -> bool:
    """Whether less is granted than was asked for."""
    return (
        set(wish.columns) < set(asked.columns)
        or (wish.until is not None and wish.until < asked.until)
        or (wish.a_day is not None and wish.a_day < asked.a_day)
    )


def in_order(register: Register, columns: Sequence[str]) -> list[str]:
    """Columns in the register's order, each once."""
    return [name for name in register.columns if name in set(columns)]


def wrong_text(services: Sequence[str], purpose: str, law: str, department: str) -> list[BadInput]:
    """What is lacking of items, purpose and law."""
    own = items_of(department)
    wrong = []
    if not services or not set(services) <= own.keys():
        wrong.append(BadInput("services", CHOOSE_ITEMS))
    if not purpose.strip():
        wrong.append(BadInput("purpose", SAY_PURPOSE))
    if not law.strip():
        wrong.append(BadInput("law", SAY_LAW))
    return wrong


def wrong_columns(
    pack: Pack, register: Register, columns: Sequence[str], services: Sequence[str], who: str
) -> list[BadInput]:
    """Columns no chosen item needs, or that are open anyway; nothing chosen."""
    chosen = in_order(register, columns)
    if not chosen:
        return [BadInput("columns", CHOOSE_COLUMNS)]
    known = set(services) & items_of(who).keys()
    if known and (more := set(chosen) - needed(register, known)):
        return [BadInput("columns", NOT_NEEDED.filled(columns=_titles(pack, register, more)))]
    there = allowed(register, [who], chosen, moment.today()) - {register.key}
    if there:
        return [BadInput("columns", OPEN_ANYWAY.filled(columns=_titles(pack, register, there)))]
    return []


def wrong_terms(wish: Wish, longest: int, most: int) -> list[BadInput]:
    """A last day or a rhythm that is missing or too much."""
    wrong, today = [], moment.today()
    if wish.until is None or not today < wish.until <= today + timedelta(days=longest):
        wrong.append(BadInput("until", WHEN.filled(days=longest)))
    if wish.a_day is None or not 1 <= wish.a_day <= most:
        wrong.append(BadInput("a_day", HOW_OFTEN.filled(most=most)))
    return wrong


def wrong_decision(asked: AccessRequest, wish: Wish) -> list[BadInput]:
    """A grant of nothing, or of more than was asked for."""
    longest = max((asked.until - moment.today()).days, 1)
    wrong = wrong_terms(wish, longest, asked.a_day)
    if not wish.columns:
        wrong.append(BadInput("columns", CHOOSE_COLUMNS))
    elif not set(wish.columns) <= set(asked.columns):
        wrong.append(BadInput("columns", NOT_MORE))
    return wrong


def _titles(pack: Pack, register: Register, columns: set[str] | frozenset[str]) -> Text:
    named = [pack.get(Element, register.columns[c]).title for c in register.columns if c in columns]
    return Text(zh="、".join(one.zh for one in named), en=", ".join(one.en for one in named))
