"""A rule as a plain sentence, in Chinese or English, with the titles of the dictionary.

NOT is carried inwards (which changes no value, unknown included), so that a sentence says
"is not" instead of "it is not so that".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from yiwang.kernel.words import Language, Text
from yiwang.rules.functions import FUNCTIONS
from yiwang.rules.scope import EXISTS, Column, PartyScope, Scope
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
)

_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_COMPARE = {
    "=": ("{0}是{1}", "{0} is {1}"),
    "<>": ("{0}不是{1}", "{0} is not {1}"),
    "<": ("{0}小于{1}", "{0} is less than {1}"),
    "<=": ("{0}不超过{1}", "{0} is at most {1}"),
    ">": ("{0}大于{1}", "{0} is more than {1}"),
    ">=": ("{0}不低于{1}", "{0} is at least {1}"),
}
_COMPARE_NUMBER = {"=": ("{0}等于{1}", "{0} is {1}"), "<>": ("{0}不等于{1}", "{0} is not {1}")}
_COMPARE_DATE = {
    "<": ("{0}早于{1}", "{0} is before {1}"),
    "<=": ("{0}不晚于{1}", "{0} is on or before {1}"),
    ">": ("{0}晚于{1}", "{0} is after {1}"),
    ">=": ("{0}不早于{1}", "{0} is on or after {1}"),
}
_LIKE = {
    "prefix": (
        "{0}以{1}开头",
        "{0} starts with {1}",
        "{0}不以{1}开头",
        "{0} does not start with {1}",
    ),
    "suffix": ("{0}以{1}结尾", "{0} ends with {1}", "{0}不以{1}结尾", "{0} does not end with {1}"),
    "part": ("{0}包含{1}", "{0} contains {1}", "{0}不包含{1}", "{0} does not contain {1}"),
}
_ARITHMETIC = {
    "+": ("{0}加{1}", "{0} plus {1}"),
    "-": ("{0}减{1}", "{0} minus {1}"),
    "*": ("{0}乘以{1}", "{0} times {1}"),
    "/": ("{0}除以{1}", "{0} divided by {1}"),
}


@dataclass(frozen=True)
class Speaker:
    """Says the nodes of one rule in one language."""

    scope: Scope
    lang: Language

    def say(self, node: Node, *, denied: bool = False) -> str:
        """A condition or a value in words; `denied` says the opposite of a condition."""
        return _SAYERS[type(node)](self, node, denied)

    def pick(self, pair: tuple[str, ...]) -> str:
        """The Chinese (first) or the English (second) of a pair."""
        return pair[0] if self.lang == "zh" else pair[1]

    def title(self, text: Text | None, name: str) -> str:
        """A declared title, or the bare name where nothing is declared."""
        said = text.say(self.lang) if text else ""
        return _uncapital(said) if said and self.lang == "en" else said or name

    def party(self, name: str) -> str:
        """What a party is called."""
        return self.title(self.scope.parties.get(name, PartyScope()).title, name)

    def column(self, column: Column) -> str:
        """Whose what: 母亲的出生日期, the mother's date of birth."""
        whose = self.party(column.party)
        pair = ("{0}的{1}", "{2}'s {1}")
        return self.pick(pair).format(whose, self.what(column), _the(whose))

    def what(self, column: Column) -> str:
        """What an element is called."""
        element = self.scope.elements.get(column.element)
        return self.title(element.title if element else None, column.element)

    def listed(self, parts: list[str], word: tuple[str, str]) -> str:
        """Several joined as the language does: 甲、乙或丙; a, b or c."""
        if len(parts) == 1:
            return parts[0]
        return self.pick(("、", ", ")).join(parts[:-1]) + self.pick(word) + parts[-1]

    def value(self, value: object, beside: Node | None = None) -> str:
        """A written value as it is spoken beside what it is compared with."""
        if isinstance(value, bool):
            return self.pick(("是", "yes") if value else ("否", "no"))
        if isinstance(value, date):
            zh = f"{value.year}年{value.month}月{value.day}日"
            return self.pick((zh, f"{value.day} {_MONTHS[value.month - 1]} {value.year}"))
        if isinstance(value, str):
            return self._code(value, beside)
        number = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        return number + self._unit(beside)

    def _code(self, value: str, beside: Node | None) -> str:
        if isinstance(beside, Read):
            element = self.scope.elements.get(beside.column.element)
            if element and value in element.code_titles:
                return self.pick(("“{}”", "“{}”")).format(element.code_titles[value].say(self.lang))
        return self.pick(("“{}”", "“{}”")).format(value)

    def _unit(self, beside: Node | None) -> str:
        if isinstance(beside, Call) and beside.name in FUNCTIONS:
            unit = FUNCTIONS[beside.name].unit
            return "" if unit is None else self.pick((unit.zh, f" {unit.en}"))
        return self.pick(("元", " yuan")) if beside and beside.type == "money" else ""


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def _uncapital(text: str) -> str:
    return text[0].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _the(name: str) -> str:
    """With the article, unless a word stands there already: the mother, this matter."""
    return name if name.startswith("this ") else f"the {name}"


def _literal(speaker: Speaker, node: Literal, denied: bool) -> str:
    if isinstance(node.value, bool):
        pair = (
            ("始终成立", "this always holds")
            if node.value != denied
            else ("从不成立", "this never holds")
        )
        return speaker.pick(pair)
    return speaker.value(node.value)


def _read(speaker: Speaker, node: Read, denied: bool) -> str:
    if node.type != "boolean":
        return speaker.column(node.column)
    if node.column.element == EXISTS:
        pair = ("没有{0}", "there is no {0}") if denied else ("有{0}", "there is a {0}")
        return speaker.pick(pair).format(speaker.party(node.column.party))
    party, what = speaker.party(node.column.party), speaker.what(node.column)
    pair = ("{0}“{1}”为否", "“{1}” is no for {2}")
    if not denied:
        pair = ("{0}“{1}”为是", "“{1}” is yes for {2}")
    return speaker.pick(pair).format(party, what, _the(party))


def _compare(speaker: Speaker, node: Compare, denied: bool) -> str:
    op, left, right = node.op, node.left, node.right
    if isinstance(left, Literal) and not isinstance(right, Literal):
        op, left, right = _MIRRORED[op], right, left
    if left.type == "boolean":
        return _same_truth(speaker, left, right, (op == "=") != denied)
    op = _OPPOSITE[op] if denied else op
    table = _COMPARE
    if left.type == "date":
        table = _COMPARE | _COMPARE_DATE
    elif left.type not in ("text", "code"):
        table = _COMPARE | _COMPARE_NUMBER
    return speaker.pick(table[op]).format(_operand(speaker, left), _beside(speaker, right, left))


def _same_truth(speaker: Speaker, left: Node, right: Node, same: bool) -> str:
    if isinstance(right, Literal):
        return speaker.say(left, denied=bool(right.value) != same)
    pair = ("“{0}”与“{1}”一致", "({0}) exactly when ({1})")
    if not same:
        pair = ("“{0}”与“{1}”不一致", "either ({0}) or ({1}), not both")
    return speaker.pick(pair).format(speaker.say(left), speaker.say(right))


def _beside(speaker: Speaker, node: Node, other: Node) -> str:
    if isinstance(node, Literal):
        return speaker.value(node.value, other)
    return _operand(speaker, node)


def _operand(speaker: Speaker, node: Node) -> str:
    said = speaker.say(node)
    bracketed = isinstance(node, Arithmetic | Case) or node.type == "boolean"
    return speaker.pick(("（{0}）", "({0})")).format(said) if bracketed else said


def _between(speaker: Speaker, node: Between, denied: bool) -> str:
    pair = ("{0}在{1}至{2}之间", "{0} is from {1} to {2}")
    if denied:
        pair = ("{0}不在{1}至{2}之间", "{0} is not from {1} to {2}")
    bounds = [_beside(speaker, bound, node.value) for bound in (node.low, node.high)]
    return speaker.pick(pair).format(_operand(speaker, node.value), *bounds)


def _one_of(speaker: Speaker, node: OneOf, denied: bool) -> str:
    options = [speaker.value(option.value, node.value) for option in node.options]
    pair = ("{0}不是{1}", "{0} is not {1}") if denied else ("{0}是{1}", "{0} is {1}")
    return speaker.pick(pair).format(
        _operand(speaker, node.value), speaker.listed(options, ("或", " or "))
    )


def _like(speaker: Speaker, node: Like, denied: bool) -> str:
    words = _LIKE[node.where]
    pair = words[2:] if denied else words[:2]
    return speaker.pick(pair).format(_operand(speaker, node.value), speaker.value(node.part))


def _chain(speaker: Speaker, node: And | Or, denied: bool) -> str:
    both = isinstance(node, And) != denied
    said = [_part(speaker, part, denied) for part in node.parts]
    return speaker.pick(("，且" if both else "，或", ", and " if both else ", or ")).join(said)


def _part(speaker: Speaker, part: Node, denied: bool) -> str:
    said = speaker.say(part, denied=denied)
    inner = part.value if isinstance(part, Not) else part
    bracketed = isinstance(inner, And | Or | Case)
    return speaker.pick(("（{0}）", "({0})")).format(said) if bracketed else said


def _not(speaker: Speaker, node: Not, denied: bool) -> str:
    return speaker.say(node.value, denied=not denied)


def _case(speaker: Speaker, node: Case, denied: bool) -> str:
    denied = denied and node.type == "boolean"
    when = speaker.pick(("如果{0}，则{1}；", "if {0}, then {1}; "))
    said = "".join(
        when.format(speaker.say(condition), speaker.say(result, denied=denied))
        for condition, result in node.branches
    )
    otherwise = speaker.say(node.otherwise, denied=denied)
    return said + speaker.pick(("否则{0}", "otherwise {0}")).format(otherwise)


def _arithmetic(speaker: Speaker, node: Arithmetic, denied: bool) -> str:
    pair = _ARITHMETIC[node.op]
    return speaker.pick(pair).format(_operand(speaker, node.left), _operand(speaker, node.right))


def _call(speaker: Speaker, node: Call, denied: bool) -> str:
    args = [_operand(speaker, arg) for arg in node.args]
    if node.name == "negate":
        return speaker.pick(("负的{0}", "minus {0}")).format(*args)
    if node.name == "starts_with":
        words = _LIKE["prefix"]
        return speaker.pick(words[2:] if denied else words[:2]).format(*args)
    function = FUNCTIONS[node.name]
    if function.many:
        args = [speaker.listed(args, ("和", " and "))]
    return function.words.say(speaker.lang).format(*args)


_SAYERS: dict[type, Callable[[Speaker, Any, bool], str]] = {
    Literal: _literal,
    Read: _read,
    Arithmetic: _arithmetic,
    Compare: _compare,
    Between: _between,
    OneOf: _one_of,
    Like: _like,
    And: _chain,
    Or: _chain,
    Not: _not,
    Case: _case,
    Call: _call,
}
