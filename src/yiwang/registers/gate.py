"""The gate: every read of a register is allowed before data moves, and recorded with it.

A register that lies here is read in the caller's transaction. One that lies elsewhere is asked by
a job after commit: its answer is `asked` at once, and `followers.ANSWERED` hears what came.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Deed, record_all
from yiwang.registers import breaker, jobs, sources
from yiwang.registers.declarations import Register
from yiwang.registers.grants import allowed, basis_of, readers
from yiwang.registers.lookup import Found, find
from yiwang.registers.models import Reading
from yiwang.registers.subjects import numbers_in, persons

__all__ = ["Answer", "Ask", "allowed", "basis_of", "read", "readers"]

State = Literal["answered", "none", "failed", "asked", "denied"]


@dataclass(frozen=True)
class Ask:
    """What is wanted: rows of `register` where the columns of `by` hold these values.

    `by` names the key or lookup columns only. `departments` are those on whose behalf it is read.
    """

    register: Register
    by: Mapping[str, str]
    columns: tuple[str, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What came of an ask. `rows` map the columns a grant opens to JSON values.

    `granted` says which of the departments may see each column. Where no grant opens anything
    (`denied`), or the key cannot be in the register (`none`), no data moved and nothing is
    recorded: there is neither reading nor act.
    """

    ask: Ask
    state: State
    rows: list[dict[str, Any]]
    as_of: datetime
    reading: UUID | None = None
    act: UUID | None = None
    granted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Opened:
    """An ask some department may make: its grants, the rows found, or why none can be had."""

    ask: Ask
    granted: Mapping[str, tuple[str, ...]]
    basis: Text
    found: Sequence[Found] = ()
    error: str = ""

    @property
    def here(self) -> bool:
        return self.ask.register.source.kind == "table"

    @property
    def state(self) -> Reading.State:
        if self.error:
            return Reading.State.FAILED
        if not self.here:
            return Reading.State.ASKED
        return Reading.State.ANSWERED if self.found else Reading.State.NONE


@transaction.atomic
def read(asks: Sequence[Ask], *, purpose: str, case: UUID, root: UUID, by: Actor) -> list[Answer]:
    """Read registers for a case; the answers stand in the order of `asks`.

    Each read that a grant opens is one act (`register.read`; `register.asked` where the source
    lies elsewhere; `register.failed` where it is known to be down), about everybody the rows tell
    of and everybody asked for by number. Raises ValueError for an ask by other columns than key
    and lookup, or without a value: that is a mistake of ours.
    """
    for ask in asks:
        _must_name_somebody(ask)
    gated = [_open(ask) for ask in asks]
    opened = _with_rows(_with_errors([one for one in gated if isinstance(one, _Opened)]))
    readings = _record(opened, purpose=purpose[:200], case=case, root=root, by=by)
    answers = iter([_answer(one, made) for one, made in zip(opened, readings, strict=True)])
    return [next(answers) if isinstance(one, _Opened) else one for one in gated]


# ---- allow -------------------------------------------------------------------------------------


def _must_name_somebody(ask: Ask) -> None:
    may = {ask.register.key, *ask.register.lookup}
    if strange := set(ask.by) - may:
        raise ValueError(f"{ask.register.id} cannot be looked up by {', '.join(sorted(strange))}")
    if not ask.by or not all(ask.by.values()):
        raise ValueError(f"{ask.register.id} is asked for nobody")


def _open(ask: Ask) -> _Opened | Answer:
    """The ask as far as grants open it; or an answer, where no data needs to move."""
    on = moment.today()
    granted = readers(ask.register, ask.departments, ask.columns, on)
    if not granted:
        return Answer(ask, "denied", [], moment.now())
    key, pattern = ask.by.get(ask.register.key), ask.register.key_pattern
    if key is not None and pattern and not re.match(pattern, key):
        return Answer(ask, "none", [], moment.now(), granted=granted)
    who = {one for several in granted.values() for one in several}
    return _Opened(ask, granted, basis_of(ask.register, who, granted, on))


def _with_errors(opened: list[_Opened]) -> list[_Opened]:
    """Mark the asks whose source is known to be down."""
    elsewhere = {one.ask.register.id for one in opened if not one.here}
    shut = breaker.shut(elsewhere) if elsewhere else frozenset()
    return [
        one if one.here else replace(one, error=_known_error(one.ask.register, shut))
        for one in opened
    ]


def _known_error(register: Register, shut: frozenset[str]) -> str:
    if not sources.address_of(register):
        return sources.NOT_CONFIGURED
    return sources.LEFT_ALONE if register.id in shut else ""


def _with_rows(opened: list[_Opened]) -> list[_Opened]:
    """Fetch the rows of what lies here, all asks together."""
    fetched = iter(find((one.ask.register, one.ask.by) for one in opened if one.here))
    return [replace(one, found=next(fetched)) if one.here else one for one in opened]


# ---- record ------------------------------------------------------------------------------------

_ACTS = {
    Reading.State.ANSWERED: "register.read",
    Reading.State.NONE: "register.read",
    Reading.State.ASKED: "register.asked",
    Reading.State.FAILED: "register.failed",
}


def _record(
    opened: list[_Opened], *, purpose: str, case: UUID, root: UUID, by: Actor
) -> list[Reading]:
    if not opened:
        return []
    told = [
        numbers_in(one.ask.register, [one.ask.by, *(row.values for row in one.found)])
        for one in opened
    ]
    known = persons(set().union(*told), by=by)
    acts = record_all(
        Deed(
            _ACTS[one.state],
            by,
            about=[known[number] for number in numbers],
            case=case,
            root=root,
            purpose=purpose,
            basis=one.basis.zh,
            body=_body(one),
        )
        for one, numbers in zip(opened, told, strict=True)
    )
    readings = Reading.objects.bulk_create(
        _reading(one, act.id, purpose=purpose, case=case, root=root)
        for one, act in zip(opened, acts, strict=True)
    )
    for reading in readings:
        if reading.state == Reading.State.ASKED:
            jobs.ask_source.defer(reading=str(reading.id))
    return readings


def _body(one: _Opened) -> dict[str, Any]:
    return {
        "register": one.ask.register.id,
        "by": dict(one.ask.by),
        "columns": sorted(one.granted),
        "granted": {column: list(who) for column, who in one.granted.items()},
        "basis": {"zh": one.basis.zh, "en": one.basis.en},
        "found": len(one.found),
        "error": one.error,
    }


def _reading(one: _Opened, act: UUID, *, purpose: str, case: UUID, root: UUID) -> Reading:
    now = moment.now()
    done = one.state != Reading.State.ASKED
    return Reading(
        root=root,
        case=case,
        register=one.ask.register.id,
        by=dict(one.ask.by),
        columns=sorted(one.granted),
        departments=sorted({who for several in one.granted.values() for who in several}),
        purpose=purpose,
        basis=one.basis.zh,
        state=one.state,
        asked_at=now,
        answered_at=now if done else None,
        as_of=_as_of(one.found, now) if done and not one.error else None,
        error=one.error,
        act=act,
    )


# ---- answer ------------------------------------------------------------------------------------


def _answer(one: _Opened, reading: Reading) -> Answer:
    return Answer(
        one.ask,
        one.state.value,
        [{c: row.values.get(c) for c in one.ask.columns if c in one.granted} for row in one.found],
        reading.as_of or reading.asked_at,
        reading.id,
        reading.act,
        one.granted,
    )


def _as_of(found: Sequence[Found], now: datetime) -> datetime:
    """The oldest of the rows: as of then, all of them held."""
    return min((row.since for row in found), default=now)
