"""From sqlglot's syntax tree to our checked one: the white list, names, types."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from sqlglot import exp

from yiwang.rules import refused
from yiwang.rules.calls import CallFault, check_call
from yiwang.rules.comparing import comparison_fault, unlike, wider
from yiwang.rules.exact import DECIMAL_LIMIT, INTEGER_LIMIT, PLACES
from yiwang.rules.faults import Fault, RuleFault
from yiwang.rules.grammar import DEEP, MOST_LEVELS, position, syntax
from yiwang.rules.guards import unguarded
from yiwang.rules.scope import EXISTS, Column, Scope
from yiwang.rules.tree import (
    And,
    Arithmetic,
    Between,
    Call,
    Case,
    Compare,
    Like,
    Literal,
    Node,
    Not,
    OneOf,
    Or,
    Read,
    depth_and_weight,
)

MOST_WEIGHT = 5_000
_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}
_NUMBER = re.compile(r"\d+(\.\d+)?")
_BROKEN = Literal(False, "any")


def read(text: str, scope: Scope) -> Node:
    """The checked tree of `text`; raises RuleFault with everything that is wrong at once."""
    reader = _Reader(scope)
    try:
        node = reader.read(syntax(text))
        reader.check_whole(node)
    except RecursionError:
        raise RuleFault([DEEP]) from None
    if reader.faults:
        raise RuleFault(reader.faults)
    return node


class _Reader:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.faults: list[Fault] = []
        self.places: dict[Column, int | None] = {}

    def read(self, e: exp.Expr) -> Node:
        """One node; a fault is noted and answered by a node of type `any`."""
        if type(e) in _COMPARISONS:
            return self._compare(e)
        if type(e) in _ARITHMETIC:
            return self._arithmetic(e)
        reader = _READERS.get(type(e))
        extra = [name for name, value in e.args.items() if value and name in refused.ARGUMENTS]
        if reader is None or extra:
            return self._fault(e, *refused.reason(e, extra))
        return reader(self, e)

    def check_whole(self, node: Node) -> None:
        """What can only be judged when all is read: size and guards."""
        depth, weight = depth_and_weight(node)
        if depth > MOST_LEVELS or weight > MOST_WEIGHT:
            self.faults.append(DEEP)
            return
        for column in unguarded(node, self.scope):
            party = column.party
            self.faults.append(
                Fault(
                    f"{column} is read although there may be no {party}.",
                    f"Write {party}.{EXISTS} AND … or NOT {party}.{EXISTS} OR … around it.",
                    self.places.get(column),
                )
            )

    def _fault(self, e: exp.Expr, message: str, remedy: str) -> Node:
        self.faults.append(Fault(message, remedy, position(e)))
        return _BROKEN

    def _condition(self, e: exp.Expr) -> Node:
        node = self.read(e)
        if node.type in ("boolean", "any"):
            return node
        return self._fault(
            e,
            f"A condition is needed here, and this is of type {node.type}.",
            "Compare it with something, such as = or >=.",
        )

    def _number(self, e: exp.Expr) -> Node:
        node = self.read(e)
        if node.type in ("integer", "decimal", "money", "any"):
            return node
        remedy = "Use numbers on both sides."
        if node.type == "date":
            remedy = "For dates use days_between, add_days or add_months."
        if node.type in ("text", "code"):
            remedy = "Use numbers on both sides; texts are joined with concat."
        return self._fault(e, f"One cannot calculate with the type {node.type}.", remedy)

    def _compare(self, e: exp.Expr) -> Node:
        return self._compared(e, _COMPARISONS[type(e)], self.read(e.this), self.read(e.expression))

    def _compared(self, e: exp.Expr, op: str, left: Node, right: Node) -> Node:
        if found := comparison_fault(op, left, right):
            return self._fault(e, *found)
        return Compare(op, left, right)

    def _arithmetic(self, e: exp.Expr) -> Node:
        op = _ARITHMETIC[type(e)]
        left, right = self._number(e.this), self._number(e.expression)
        if "any" in (left.type, right.type):
            return _BROKEN
        wide = wider((left.type, right.type))
        return Arithmetic(op, left, right, "decimal" if op == "/" and wide == "integer" else wide)

    def _chain(self, e: exp.Expr) -> Node:
        kind = And if isinstance(e, exp.And) else Or
        parts: list[Node] = []
        waiting = [e]
        while waiting:
            one = waiting.pop()
            if type(one) is type(e):
                waiting += [one.args["expression"], one.this]
                continue
            part = self._condition(one)
            parts.extend(part.parts if isinstance(part, kind) else (part,))
        return kind(tuple(parts))

    def _not(self, e: exp.Expr) -> Node:
        return Not(self._condition(e.this))

    def _paren(self, e: exp.Expr) -> Node:
        return self.read(e.this)

    def _negative(self, e: exp.Expr) -> Node:
        node = self._number(e.this)
        if isinstance(node, Literal) and isinstance(node.value, int | Decimal) and node != _BROKEN:
            return Literal(-node.value, node.type)
        return node if node.type == "any" else Call("negate", (node,), node.type)

    def _negated(self, e: exp.Expr, node: Node) -> Node:
        return Not(node) if e.args.get("negate") and node is not _BROKEN else node

    def _between(self, e: exp.Expr) -> Node:
        value, low, high = (self.read(e.args[name]) for name in ("this", "low", "high"))
        for op, bound in ((">=", low), ("<=", high)):
            if found := comparison_fault(op, value, bound):
                return self._fault(e, *found)
        return self._negated(e, Between(value, low, high))

    def _one_of(self, e: exp.Expr) -> Node:
        value = self.read(e.this)
        options = [self.read(option) for option in e.args.get("expressions") or ()]
        written = [one for one in options if isinstance(one, Literal)]
        if not options or len(written) != len(options):
            return self._fault(
                e, "IN needs a list of written values.", "Write for example IN ('a', 'b')."
            )
        for option in written:
            if found := comparison_fault("=", value, option):
                return self._fault(e, *found)
        return self._negated(e, OneOf(value, tuple(written)))

    def _like(self, e: exp.Expr) -> Node:
        value, pattern = self.read(e.this), self.read(e.expression)
        if value.type not in ("text", "code", "any"):
            return self._fault(
                e, f"LIKE does not work on the type {value.type}.", "Use it on text."
            )
        if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
            return _BROKEN if pattern.type == "any" else self._fault(e, *refused.PATTERN)
        text = pattern.value
        first, last = text.startswith("%"), text.endswith("%")
        part = text[first : len(text) - last]
        if not (part and (first or last)) or set(part) & set("%_\\"):
            return self._fault(e, *refused.PATTERN)
        where = "part" if first and last else "suffix" if first else "prefix"
        return self._negated(e, Like(value, where, part))

    def _case(self, e: exp.Expr) -> Node:
        if e.args.get("default") is None:
            return self._fault(
                e, "CASE has no ELSE.", "Say what holds otherwise: … ELSE value END."
            )
        subject = self.read(e.this) if e.this else None
        branches = tuple(
            (self._when(branch, subject), self.read(branch.args["true"]))
            for branch in e.args["ifs"]
        )
        otherwise = self.read(e.args["default"])
        results = [*(result for _, result in branches), otherwise]
        for result in results:
            if found := unlike(results[0], result):
                return self._fault(e, f"CASE gives unlike values. {found[0]}", found[1])
        return Case(branches, otherwise, wider(tuple(one.type for one in results)))

    def _when(self, branch: exp.Expr, subject: Node | None) -> Node:
        if subject is None:
            return self._condition(branch.this)
        return self._compared(branch, "=", subject, self.read(branch.this))

    def _call(self, e: exp.Expr) -> Node:
        name = str(e.this).lower()
        if any(isinstance(one, exp.Alias | exp.Kwarg | exp.Distinct) for one in e.expressions):
            return self._fault(e, *refused.unknown_function(name))
        try:
            gives = check_call(name, tuple(args := [self.read(one) for one in e.expressions]))
        except CallFault as fault:
            return self._fault(e, *fault.args)
        return _BROKEN if gives == "any" else Call(name, tuple(args), gives)

    def _literal(self, e: exp.Expr) -> Node:
        if e.is_string:
            return Literal(str(e.this), "text")
        written = str(e.this)
        _, _, decimals = written.partition(".")
        if not _NUMBER.fullmatch(written) or len(decimals) > PLACES:
            return self._fault(
                e, f"{written} is no number a rule may hold.", "Write digits, at most 6 decimals."
            )
        value = Decimal(written) if decimals else int(written)
        if value >= (DECIMAL_LIMIT if decimals else INTEGER_LIMIT):
            return self._fault(
                e, f"{written} is too large.", "Use at most 18 digits, 13 with decimals."
            )
        return Literal(value, "decimal" if decimals else "integer")

    def _truth(self, e: exp.Expr) -> Node:
        return Literal(bool(e.this), "boolean")

    def _date(self, e: exp.Expr) -> Node:
        if e.args["to"].sql().upper() != "DATE" or not e.this.is_string:
            return self._fault(e, *refused.CAST)
        written = str(e.this.this)
        try:
            if len(written) != len("2026-01-31"):
                raise ValueError(written)
            return Literal(date.fromisoformat(written), "date")
        except ValueError:
            return self._fault(
                e, f"{written!r} is no day of the calendar.", "Write it as DATE '2026-01-31'."
            )

    def _column(self, e: exp.Expr) -> Node:
        name = str(e.this.this) if isinstance(e.this, exp.Identifier) else "*"
        if not e.args.get("table") and name in self.scope.names:
            return self.scope.names[name]
        if not e.args.get("table") or e.args.get("db") or name == "*":
            return self._fault(e, *refused.unqualified(name, self.scope.names))
        column = Column(str(e.args["table"].this), name)
        if found := self._undeclared(column):
            return self._fault(e, *found)
        self.places.setdefault(column, position(e))
        if column.element == EXISTS:
            return Read(column, "boolean")
        element = self.scope.elements[name]
        return Read(column, element.type, element.codes)

    def _undeclared(self, column: Column) -> tuple[str, str] | None:
        party = self.scope.parties.get(column.party)
        if party is None:
            return (
                f"There is no party {column.party}.",
                _nearest(column.party, self.scope.parties, "parties"),
            )
        if column.element == EXISTS:
            return None if party.optional else refused.always_there(column.party)
        if column.element not in self.scope.elements:
            return (
                f"There is no element {column.element}.",
                _nearest(column.element, self.scope.elements, "elements"),
            )
        return refused.several(column) if party.many else None


def _nearest(name: str, known: object, what: str) -> str:
    names = sorted(known)  # type: ignore[call-overload]
    close = get_close_matches(name, names, n=3)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"Declare it, or use one of the {what}: {', '.join(names[:12]) or 'none'}."


_READERS: dict[type[exp.Expr], Callable[[_Reader, exp.Expr], Node]] = {
    exp.And: _Reader._chain,
    exp.Or: _Reader._chain,
    exp.Not: _Reader._not,
    exp.Paren: _Reader._paren,
    exp.Neg: _Reader._negative,
    exp.Between: _Reader._between,
    exp.In: _Reader._one_of,
    exp.Like: _Reader._like,
    exp.Case: _Reader._case,
    exp.Anonymous: _Reader._call,
    exp.Literal: _Reader._literal,
    exp.Boolean: _Reader._truth,
    exp.Cast: _Reader._date,
    exp.Column: _Reader._column,
}
