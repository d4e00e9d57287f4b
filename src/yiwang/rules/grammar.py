"""sqlglot as our reader: text in, its syntax tree out, or what is wrong with the text."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.errors import SqlglotError
from sqlglot.parsers.postgres import PostgresParser

from yiwang.rules.faults import Fault, RuleFault

MOST_CHARACTERS = 4_000
MOST_BRACKETS = 30
MOST_LEVELS = 60

_dialect = Postgres()
_OPENS = {"L_PAREN", "CASE"}
_CLOSES = {"R_PAREN", "END"}
_FULL_WIDTH = "，（）；＜＞＝‘’“”＋－！、。"
DEEP = Fault(
    "The rule is nested too deeply to be read.",
    f"Keep it under {MOST_BRACKETS} brackets and {MOST_LEVELS} levels: "
    "declare a derived element for a part of it.",
)


class _RuleParser(PostgresParser):
    """PostgreSQL's expressions with every function left as it is written."""

    FUNCTIONS: ClassVar[dict[str, Any]] = {}
    FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {}
    NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = {}
    NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
        "CASE": PostgresParser.NO_PAREN_FUNCTION_PARSERS["CASE"]
    }


def syntax(text: str) -> exp.Expr:
    """The syntax tree of one expression; raises RuleFault when there is none."""
    _check_text(text)
    try:
        tokens = _dialect.tokenize(text)
        _check_depth(tokens)
        found = _RuleParser(dialect=_dialect).parse_into(exp.Condition, tokens, text)
    except RecursionError:
        raise RuleFault([DEEP]) from None
    except SqlglotError as error:
        raise RuleFault([_unreadable(text, error)]) from None
    if len(found) != 1 or found[0] is None:
        raise RuleFault(
            [Fault("This is not one condition.", "Write one condition without a semicolon.")]
        )
    return found[0]


def position(node: exp.Expr) -> int | None:
    """The first character of `node` in the text, where the reader kept it."""
    starts = [one.meta["start"] for one in node.walk() if "start" in one.meta]
    return min(starts, default=None)


def is_keyword(word: str) -> bool:
    """Whether a name must be quoted to be read as a name."""
    return word.upper() in Postgres.Tokenizer.KEYWORDS


def _check_text(text: str) -> None:
    if not text.strip():
        raise RuleFault([Fault("The rule is empty.", "Write a condition, or TRUE.", 0)])
    if len(text) > MOST_CHARACTERS:
        raise RuleFault(
            [
                Fault(
                    f"The rule has {len(text)} characters, more than {MOST_CHARACTERS}.",
                    "Declare a derived element for a part of it.",
                )
            ]
        )
    bad = next(
        (at for at, one in enumerate(text) if one == "\0" or "\ud800" <= one <= "\udfff"), -1
    )
    if bad >= 0:
        raise RuleFault([Fault("The rule holds a character that is no text.", "Remove it.", bad)])


def _check_depth(tokens: list[Any]) -> None:
    depth = 0
    for token in tokens:
        depth += (token.token_type.name in _OPENS) - (token.token_type.name in _CLOSES)
        if depth > MOST_BRACKETS:
            raise RuleFault([DEEP])


def _unreadable(text: str, error: SqlglotError) -> Fault:
    full_width = next((at for at, one in enumerate(text) if one in _FULL_WIDTH), None)
    if full_width is not None:
        return Fault(
            f"The rule cannot be read; it holds the full-width sign {text[full_width]}.",
            "Write signs outside quoted text in half width: , ( ) < > = '.",
            full_width,
        )
    details = getattr(error, "errors", None) or [{}]
    near = str(details[0].get("highlight") or "").strip()
    start = len(details[0].get("start_context") or "")
    return Fault(
        f"The rule cannot be read near {near!r}." if near else "The rule cannot be read.",
        "Write a condition such as child.weight >= 2500 AND mother.resident.",
        min(start, len(text)) if near else None,
    )
