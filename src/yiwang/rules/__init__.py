"""The rule language: parse, check, decide, explain, compile. No Django, no database.

A rule is a SQL boolean expression over columns `party.element`. The same rule decides one case
with reasons (closures), runs over millions (DuckDB, PostgreSQL, polars) and is said in words; all
engines agree on every row, unknown included. docs/reference/rules.md is the language on one page.
Who the parties are and what the elements mean is declared above (pack, registers); this room is
given a `Scope`.
"""

from yiwang.rules.faults import Fault, RuleFault
from yiwang.rules.functions import FUNCTIONS, Function
from yiwang.rules.rule import Formula, Rule
from yiwang.rules.scope import EXISTS, TYPES, Column, ElementType, PartyScope, Scope
from yiwang.rules.verdict import Clause, Verdict

__all__ = [
    "EXISTS",
    "FUNCTIONS",
    "TYPES",
    "Clause",
    "Column",
    "ElementType",
    "Fault",
    "Formula",
    "Function",
    "PartyScope",
    "Rule",
    "RuleFault",
    "Scope",
    "Verdict",
]
