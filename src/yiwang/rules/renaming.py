"""Other names for the parties of a rule: a service's roles become a bundle's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from yiwang.rules.scope import EXISTS, Column, Scope
from yiwang.rules.tree import And, Literal, Node, Not, Or, Read

_ALWAYS, _NEVER = Literal(True, "boolean"), Literal(False, "boolean")


def renamed(node: Node, parties: Mapping[str, str], scope: Scope) -> Node:
    """The tree with each party of `parties` under its new name; others stay as they are.

    Where somebody optional becomes somebody who is always there, `exists` is simply true and
    falls away.
    """
    if isinstance(node, Read):
        return _read(node, parties.get(node.column.party, node.column.party), scope)
    if isinstance(node, Literal):
        return node
    inner = {one.name: _in(getattr(node, one.name), parties, scope) for one in fields(node)}
    return _settled(replace(node, **inner))


def _read(node: Read, party: str, scope: Scope) -> Node:
    declared = scope.parties.get(party)
    if node.column.element == EXISTS and declared and not declared.optional:
        return _ALWAYS
    return replace(node, column=Column(party, node.column.element))


def _in(value: Any, parties: Mapping[str, str], scope: Scope) -> Any:
    if isinstance(value, tuple):
        return tuple(_in(one, parties, scope) for one in value)
    return renamed(value, parties, scope) if isinstance(value, Node) else value


def _settled(node: Node) -> Node:
    """Without the parts of AND, OR and NOT that a certain existence has settled."""
    match node:
        case And():
            return _joined(node, _ALWAYS, _NEVER)
        case Or():
            return _joined(node, _NEVER, _ALWAYS)
        case Not(value=Literal(value=bool(known))):
            return _NEVER if known else _ALWAYS
    return node


def _joined(node: And | Or, idle: Literal, settling: Literal) -> Node:
    parts = tuple(part for part in node.parts if part != idle)
    if settling in parts or not parts:
        return settling if settling in parts else idle
    return parts[0] if len(parts) == 1 else replace(node, parts=parts)
