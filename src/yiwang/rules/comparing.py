"""Which types may meet."""

from __future__ import annotations

from yiwang.rules.tree import NUMBERS, WORDS, Literal, Node, Read

_ORDER = ("<", "<=", ">", ">=")


def family(type_: str) -> str:
    """`number` and `words` gather the types that compare with each other."""
    return "number" if type_ in NUMBERS else "words" if type_ in WORDS else type_


def wider(types: tuple[str, ...]) -> str:
    """The type that holds all of `types`, which are of one family."""
    for type_ in ("any", "money", "decimal", "integer", "text"):
        if type_ in types:
            return type_
    return types[0]


def comparison_fault(op: str, left: Node, right: Node) -> tuple[str, str] | None:
    """Why two sides cannot be compared, and what to write; None when they can."""
    if "any" in (left.type, right.type):
        return None
    if found := unlike(left, right):
        return found
    if op in _ORDER and family(left.type) not in ("number", "date"):
        return f"The type {left.type} has no order.", "Use = or <>, or IN with a list."
    return _code_fault(left, right) or _code_fault(right, left)


def unlike(left: Node, right: Node) -> tuple[str, str] | None:
    """Why two values are not of one kind, and what to write; None when they are."""
    if "any" in (left.type, right.type) or family(left.type) == family(right.type):
        return None
    message = f"The types {left.type} and {right.type} do not go together."
    if "date" in (left.type, right.type):
        return message, "Write a day as DATE '2026-01-31'."
    if "boolean" in (left.type, right.type):
        return message, "Write it as it stands, or with NOT before it."
    return message, "Numbers stand without quotes, texts and codes in 'quotes'."


def _code_fault(coded: Node, other: Node) -> tuple[str, str] | None:
    if not isinstance(coded, Read) or not coded.codes:
        return None
    if isinstance(other, Literal) and other.value not in coded.codes:
        shown = ", ".join(coded.codes[:12]) + (", …" if len(coded.codes) > 12 else "")
        return f"{other.value!r} is no code of {coded.column}.", f"Use one of: {shown}."
    if isinstance(other, Read) and other.codes and not set(other.codes) & set(coded.codes):
        return (
            f"{coded.column} and {other.column} have no code in common.",
            "Compare columns of one list of codes.",
        )
    return None
