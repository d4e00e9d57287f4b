"""What a case costs whom, worked out from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from yiwang.cases.models import Case
from yiwang.cases.procedures import Due
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.payments.actions import Charged
from yiwang.registers.grants import basis_text
from yiwang.rules import Column
from yiwang.services.giving import stated
from yiwang.services.item import Costing, Item
from yiwang.services.matter import Matter

NOT_KNOWN = Text(
    zh="「{what}」该缴多少还算不出来，缺少有关信息。请先要求申请人补正。",
    en="How much “{what}” comes to cannot be worked out yet. Ask the applicant for what is "
    "missing.",
)


def charged(
    case: Case, matter: Matter, *, due: Due, fills: Mapping[str, str] | None
) -> list[Charged]:
    """What has to be paid for a case by this point. Raises Refusal where an amount is not known,
    BadInputs for what a clerk stated wrongly."""
    item = matter.plan.by_id[case.what]
    costs = [one for one in item.costs if due == "before-issue" or one.declared.due == due]
    if not costs:
        return []
    env: Mapping[Column, Any] = matter.env(item, case.index)
    if due == "before-issue":
        env = {**env, **stated(matter, item, env, fills)}
    found = [_charged(case, matter, item, cost, env) for cost in costs]
    return [one for one in found if one is not None]


def _charged(
    case: Case, matter: Matter, item: Item, cost: Costing, env: Mapping[Column, Any]
) -> Charged | None:
    applies = cost.when.value(env, on=matter.on) if cost.when else True
    if applies is False:
        return None
    amount = cost.amount.value(env, on=matter.on)
    if applies is None or amount is None:
        raise Refusal(NOT_KNOWN.filled(what=cost.declared.title))
    return Charged(
        id=cost.declared.id,
        title=cost.declared.title,
        amount=amount,
        payer=_payer(matter, item, cost.payer, case.index),
        department=cost.declared.to,
        basis=basis_text(cost.declared.basis),
    )


def _payer(matter: Matter, item: Item, role: str, index: int) -> UUID | None:
    at = matter.indexes_for(item, role, index)
    member = matter.member(role, at[0]) if at else None
    return member.person if member else None
