"""Deciding again what was decided, years later: the same facts, the same pack, the same verdict."""

from __future__ import annotations

from typing import Any

from yiwang.cases import roots
from yiwang.cases.models import Case, Verdict
from yiwang.pack.queries import at as pack_at
from yiwang.registers import dictionary
from yiwang.rules import Column
from yiwang.services.plan import EXISTS, Plan, plan_of


def replay(number: str) -> dict[str, Any]:
    """What was known, which rules of which pack version, each condition's value then and now.

    `same` is whether every condition comes out as it did. Raises NoSuchCase; a case without a
    decision (or a bundle's root, with the numbers of its `items`) says so in `decided`.
    """
    case = roots.numbered(number)
    verdict = roots.verdict_of(case)
    if verdict is None:
        told = {"number": number, "decided": False, "state": case.state}
        items = [one.number for one in roots.items(case)]
        return told | {"items": items} if items else told
    plan = plan_of(pack_at(verdict.pack), case.root.what, case.root.kind)
    now = _conditions(plan, case, verdict)
    then = [{"id": one["id"], "value": one["value"]} for one in verdict.conditions]
    return {
        "number": number,
        "decided": True,
        "service": case.what,
        "pack": verdict.pack,
        "on": verdict.on.isoformat(),
        "calendar": verdict.calendar,
        "by_rule": case.by_rule,
        "granted": verdict.granted,
        "reasons": verdict.reasons,
        "basis": verdict.basis,
        "facts": verdict.facts,
        "fills": verdict.fills,
        "conditions": now,
        "same": [{"id": one["id"], "value": one["value"]} for one in now] == then,
    }


def _conditions(plan: Plan, case: Case, verdict: Verdict) -> list[dict[str, Any]]:
    item = plan.by_id[case.what]
    env = {
        Column(*name.split(".", 1)): _value(plan, name, value)
        for name, value in verdict.facts.items()
    }
    decided = [(check, check.rule.decide(env, on=verdict.on)) for check in item.checks]
    return [
        {
            "id": check.declared.id,
            "rule": check.declared.rule,
            "value": outcome.value,
            "verdict": outcome.to_json(),
            "in_words": {"zh": check.rule.in_words("zh"), "en": check.rule.in_words("en")},
        }
        for check, outcome in decided
    ]


def _value(plan: Plan, name: str, value: Any) -> Any:
    element = name.split(".", 1)[1]
    return value if element == EXISTS else dictionary.from_json(plan.elements[element], value)
