"""What the rule language leaves out, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sqlglot import exp

from yiwang.rules.functions import FUNCTIONS
from yiwang.rules.scope import EXISTS, Column

Reason = tuple[str, str]

ARGUMENTS = frozenset(
    {"symmetric", "query", "unnest", "field", "db", "catalog", "action", "format"}
)
_UNKNOWN_IS_KEPT = (
    "Unknown stays unknown: drop this part, or ask PARTY.exists when somebody may not be there."
)
PATTERN: Reason = (
    "LIKE knows three forms only.",
    "Write LIKE 'start%', LIKE '%end' or LIKE '%part%' with plain characters.",
)
CAST: Reason = (
    "Values are not converted.",
    "Declare the element with the type it has; write days as DATE '2026-01-31'.",
)
_SUBQUERY: Reason = (
    "A rule cannot query.",
    "Declare a derived element (count, any, all, sum, max) and read that.",
)
_REASONS: dict[type[exp.Expr], Reason] = {
    exp.Null: ("NULL cannot be written.", _UNKNOWN_IS_KEPT),
    exp.Is: ("IS turns not-knowing into a verdict.", _UNKNOWN_IS_KEPT),
    exp.NullSafeEQ: ("IS NOT DISTINCT FROM turns not-knowing into a verdict.", _UNKNOWN_IS_KEPT),
    exp.NullSafeNEQ: ("IS DISTINCT FROM turns not-knowing into a verdict.", _UNKNOWN_IS_KEPT),
    exp.Select: _SUBQUERY,
    exp.Subquery: _SUBQUERY,
    exp.Exists: (
        "EXISTS cannot query.",
        "Write PARTY.exists, or declare a derived element and read that.",
    ),
    exp.DPipe: ("|| is not in the rule language.", "Write concat(a, b)."),
    exp.Mod: ("% is not in the rule language.", "Declare a derived element."),
    exp.Interval: ("INTERVAL is not in the rule language.", "Use add_days or add_months."),
    exp.ILike: ("ILIKE is not in the rule language.", "Write lower(…) LIKE '…'."),
    exp.Between: ("BETWEEN SYMMETRIC is not in the rule language.", "Put the lower bound first."),
    exp.In: _SUBQUERY,
    exp.Escape: PATTERN,
    exp.RegexpLike: PATTERN,
    exp.SimilarTo: PATTERN,
    exp.Window: ("A rule sees one matter, not many rows.", "Declare a derived element."),
    exp.Tuple: ("A list stands only after IN.", "Compare one value at a time."),
}
_KLEENE = frozenset({"coalesce", "nullif", "ifnull", "isnull", "nvl", "iif", "if"})
_INSTEAD = {
    "now": "Use today().",
    "current_date": "Use today().",
    "current_timestamp": "Use today().",
    "datediff": "Use days_between, months_between or years_between.",
    "date_diff": "Use days_between, months_between or years_between.",
    "extract": "Use year(…), month(…) or day(…).",
    "date_part": "Use year(…), month(…) or day(…).",
    "upper": "Use lower(…).",
    "substr": "Use substring(text, start, length).",
    "min": "Use least(…), or declare a derived element.",
    "max": "Use greatest(…), or declare a derived element.",
    "cast": CAST[1],
} | dict.fromkeys(("count", "sum", "avg", "any", "all"), _SUBQUERY[1])


def reason(e: exp.Expr, extra: list[str]) -> Reason:
    """Why this piece of SQL is refused."""
    known = _REASONS.get(type(e))
    if known:
        return known
    if isinstance(e, exp.Column):
        return unqualified(str(e.name))
    name = type(e).__name__
    return f"{name} is not in the rule language.", "docs/reference/rules.md lists what is."


def unknown_function(name: str) -> Reason:
    """Why a function is refused."""
    if name in _KLEENE:
        return f"{name} turns not-knowing into a verdict.", _UNKNOWN_IS_KEPT
    close = get_close_matches(name, FUNCTIONS, n=2)
    guess = (
        f"Did you mean {' or '.join(close)}?"
        if close
        else "The list is in docs/reference/rules.md."
    )
    return f"{name} is no function of the rule language.", _INSTEAD.get(name, guess)


def unqualified(name: str, names: Iterable[str] = ()) -> Reason:
    """A name that does not say whose element it is, and is none of the formulas' names."""
    remedy = _INSTEAD.get(name.lower(), f"Write party.{name}, for example mother.{name}.")
    if close := get_close_matches(name, names, n=1):
        remedy = f"Did you mean {close[0]}?"
    if name == "*":
        remedy = "Read one element."
    return f"{name} must say of which party it is, in the form party.element.", remedy


def always_there(party: str) -> Reason:
    """`exists` asked of a party that cannot be absent."""
    return f"{party} always exists.", f"Leave {party}.{EXISTS} out."


def several(column: Column) -> Reason:
    """An element read of a party that may be several."""
    return (
        f"There may be several {column.party}, so {column} is not one value.",
        "Declare a derived element over them (count, any, all, sum, max) and read that.",
    )
