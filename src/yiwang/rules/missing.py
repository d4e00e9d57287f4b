"""Which unknown columns can still change an unknown value; clause-wise, after Kleene."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from yiwang.rules.closures import Closure, Facts, closure
from yiwang.rules.scope import Column
from yiwang.rules.tree import Case, Node, Read, children

Probe = Callable[[Facts, date, set[Column]], None]


def probe(node: Node) -> Probe:
    """Compile `(facts, on, found)`: adds to `found` what keeps `node` from being known.

    Nothing is added where the value is known. A read that stays unknown is added; what a known
    part has already settled is not. Of a CASE only the branches that can still be reached count.
    """
    if isinstance(node, Read):
        return _probe_read(node.column)
    value = closure(node)
    if isinstance(node, Case):
        return _probe_case(node, value)
    return _probe_children(value, [probe(child) for child in children(node)])


def _probe_read(column: Column) -> Probe:
    def run(facts: Facts, on: date, found: set[Column]) -> None:
        if facts.get(column) is None:
            found.add(column)

    return run


def _probe_children(value: Closure, probes: list[Probe]) -> Probe:
    def run(facts: Facts, on: date, found: set[Column]) -> None:
        if value(facts, on) is None:
            for one in probes:
                one(facts, on, found)

    return run


def _probe_case(node: Case, value: Closure) -> Probe:
    branches = [(closure(when), probe(when), probe(then)) for when, then in node.branches]
    otherwise = probe(node.otherwise)

    def run(facts: Facts, on: date, found: set[Column]) -> None:
        if value(facts, on) is not None:
            return
        for holds, condition, result in branches:
            held = holds(facts, on)
            if held is False:
                continue
            condition(facts, on, found)
            result(facts, on, found)
            if held:
                return
        otherwise(facts, on, found)

    return run
