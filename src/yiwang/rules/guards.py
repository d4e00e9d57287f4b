"""Whether every read of an optional party stands under its `exists`; syntax only."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.rules.scope import EXISTS, Column, Scope
from yiwang.rules.tree import And, Case, Node, Not, Or, Read, children

_NOBODY: frozenset[str] = frozenset()


def unguarded(node: Node, scope: Scope) -> list[Column]:
    """Columns of optional parties that are read where nothing says the party exists."""
    optional = {name for name, party in scope.parties.items() if party.optional}
    return list(dict.fromkeys(_reads(node, optional, _NOBODY)))


def _reads(node: Node, optional: set[str], known: frozenset[str]) -> Iterator[Column]:
    if isinstance(node, Read):
        column = node.column
        if column.element != EXISTS and column.party in optional - known:
            yield column
        return
    for child, sure in _under(node, known):
        yield from _reads(child, optional, sure)


def _under(node: Node, known: frozenset[str]) -> list[tuple[Node, frozenset[str]]]:
    match node:
        case And():
            sure = [sure_when_true(part) for part in node.parts]
            return _beside(node.parts, sure, known)
        case Or():
            sure = [_when_false(part) for part in node.parts]
            return _beside(node.parts, sure, known)
        case Case():
            return _branches(node, known)
    return [(child, known) for child in children(node)]


def _beside(
    parts: tuple[Node, ...], sure: list[frozenset[str]], known: frozenset[str]
) -> list[tuple[Node, frozenset[str]]]:
    """Each part with what the other parts make sure."""
    pairs = []
    for place, part in enumerate(parts):
        others = (one for at, one in enumerate(sure) if at != place)
        pairs.append((part, known.union(*others)))
    return pairs


def _branches(node: Case, known: frozenset[str]) -> list[tuple[Node, frozenset[str]]]:
    pairs = []
    for condition, result in node.branches:
        pairs.append((condition, known))
        pairs.append((result, known | sure_when_true(condition)))
        known = known | _when_false(condition)
    return [*pairs, (node.otherwise, known)]


def sure_when_true(node: Node) -> frozenset[str]:
    """Parties that exist for certain when `node` is true."""
    match node:
        case Read() if node.column.element == EXISTS:
            return frozenset({node.column.party})
        case And():
            return _NOBODY.union(*(sure_when_true(part) for part in node.parts))
        case Not():
            return _when_false(node.value)
    return _NOBODY


def _when_false(node: Node) -> frozenset[str]:
    """Parties that exist for certain when `node` is false."""
    match node:
        case Or():
            return _NOBODY.union(*(_when_false(part) for part in node.parts))
        case Not():
            return sure_when_true(node.value)
    return _NOBODY
