"""Other names for the parties of a rule: a service's roles become a bundle's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from yiwang.rules.scope import Column
from yiwang.rules.tree import Node, Read


def renamed(node: Node, parties: Mapping[str, str]) -> Node:
    """The tree with each party of `parties` under its new name; others stay as they are."""
    if isinstance(node, Read):
        column = Column(parties.get(node.column.party, node.column.party), node.column.element)
        return replace(node, column=column)
    return replace(
        node, **{one.name: _in(getattr(node, one.name), parties) for one in fields(node)}
    )


def _in(value: Any, parties: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_in(one, parties) for one in value)
    return renamed(value, parties) if isinstance(value, Node) else value
