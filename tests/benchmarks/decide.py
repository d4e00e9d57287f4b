"""One case against all rules of its bundle, explained, beside one condition evaluated bare."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks.drafts import finished, opened
from tests.benchmarks.figure import rounded, say, tell
from tests.benchmarks.people import mothers
from tests.benchmarks.town import Town
from yiwang.cases.models import Case
from yiwang.services.judging import conditions, instant_verdict
from yiwang.services.matter import Matter
from yiwang.services.queries import load

FIRST = 120_000  # apart from the people of the other benchmarks
SECONDS = 5.0


def run(town: Town) -> None:
    """`decide`."""
    (mother,) = mothers(1, first=FIRST)
    draft = finished(opened(mother, "bundle", "newborn"), mother)
    matter = load(Case.objects.get(pk=draft.id))
    checks = sum(len(standing.checks) for standing in matter.standings)
    instant = sum(item.instant is not None for item in matter.plan.items)
    say(f"decide: {checks} conditions and {instant} rules of {len(matter.plan.items)} items")
    whole = _rate(lambda: _explained(matter))
    check, env = _one(matter)
    bare = _rate(lambda: check.value(env, on=matter.on))
    tell("decide", whole, "1/s", conditions=checks, instant_rules=instant,
         beside={"one_condition_bare": rounded(bare),
                 "conditions_explained": rounded(whole * (checks + instant))})  # fmt: skip


def _explained(matter: Matter) -> None:
    """Everything a desk shows or a replay prints of this case, worked out anew."""
    fresh = replace(matter)
    for standing in fresh.standings:
        conditions(standing)
        if verdict := instant_verdict(fresh, standing.item, standing.index):
            verdict.to_json()


def _one(matter: Matter):
    item = matter.plan.by_id["household-registration"]
    return item.checks[0].rule, matter.env(item, 0)


def _rate(do: Callable[[], object]) -> float:
    """How often it can be done in a second, by one thread."""
    do()
    count, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < SECONDS:
        for _ in range(10):
            do()
        count += 10
    return count / took
