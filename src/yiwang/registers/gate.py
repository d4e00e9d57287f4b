"""The gate: every read of a register is allowed before data moves, and recorded with it.

A register that lies here is read in the caller's transaction. One that lies elsewhere is asked by
a job after commit: its answer is `asked` at once, and `followers.ANSWERED` hears what came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Deed, record_all
from yiwang.registers import breaker, jobs, sources
from yiwang.registers.declarations import Register
from yiwang.registers.followers import items_of
from yiwang.registers.given import in_force, needed_for, opened
from yiwang.registers.grants import allowed, basis_of, readers
from yiwang.registers.lookup import Found, find
from yiwang.registers.models import GivenGrant, Reading
from yiwang.registers.subjects import numbers_in, subjects

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
    (`denied`), or the key cannot be in the register (`none`), no data moved and there is no act.
    """

    ask: Ask
    state: State
    rows: list[dict[str, Any]]
    as_of: datetime
    reading: UUID
    act: UUID | None = None
    granted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Gated:
    """An ask on its way: what grants open of it, the rows found, or why none can be had."""

    ask: Ask
    granted: Mapping[str, tuple[str, ...]]
    basis: Text
    found: Sequence[Found] = ()
    error: str = ""
    given: Sequence[UUID] = ()

    @property
    def here(self) -> bool:
        return self.ask.register.source.kind == "table"

    @property
    def outside(self) -> bool:
        """Whether the key cannot be in the register."""
        key, pattern = self.ask.by.get(self.ask.register.key), self.ask.register.key_pattern
        return key is not None and pattern is not None and not re.match(pattern, key)

    @property
    def moves(self) -> bool:
        """Whether data may move, so that an act has to tell of it."""
        return bool(self.granted) and not self.outside

    @property
    def state(self) -> Reading.State:
        if not self.granted:
            return Reading.State.DENIED
        if self.error:
            return Reading.State.FAILED
        if self.here or self.outside:
            return Reading.State.ANSWERED if self.found else Reading.State.NONE
        return Reading.State.ASKED


@transaction.atomic
def read(asks: Sequence[Ask], *, purpose: str, case: UUID, root: UUID, by: Actor) -> list[Answer]:
    """Read registers for a case; the answers stand in the order of `asks`.

    Each read that a grant opens is one act (`register.read`; `register.asked` where the source
    lies elsewhere; `register.failed` where it is known to be down), about everybody the rows tell
    of and everybody asked for by number. Every ask leaves a Reading. Raises ValueError for an ask
    by other columns than key and lookup, or without a value: that is a mistake of ours.
    """
    for ask in asks:
        _must_name_somebody(ask)
    given = in_force({ask.register.id for ask in asks}, items_of(purpose), moment.today())
    opened_asks = [_open(ask, given.get(ask.register.id, [])) for ask in asks]
    gated = _with_rows(_with_errors(opened_asks))
    acts = _record(gated, purpose=purpose[:200], case=case, root=root, by=by)
    readings = Reading.objects.bulk_create(
        _reading(one, act, purpose=purpose[:200], case=case, root=root)
        for one, act in zip(gated, acts, strict=True)
    )
    for reading in readings:
        if reading.state == Reading.State.ASKED:
            jobs.ask_source.defer(reading=str(reading.id))
    return [_answer(one, reading) for one, reading in zip(gated, readings, strict=True)]


# ---- allow -------------------------------------------------------------------------------------


def _must_name_somebody(ask: Ask) -> None:
    may = {ask.register.key, *ask.register.lookup}
    if strange := set(ask.by) - may:
        raise ValueError(f"{ask.register.id} cannot be looked up by {', '.join(sorted(strange))}")
    if not ask.by or not all(ask.by.values()):
        raise ValueError(f"{ask.register.id} is asked for nobody")


def _open(ask: Ask, given: Sequence[GivenGrant]) -> _Gated:
    """The ask with what grants open of it, declared ones and those given on request."""
    on, register = moment.today(), opened(ask.register, given)
    granted = readers(register, ask.departments, ask.columns, on)
    who = {one for several in granted.values() for one in several}
    used = needed_for(ask.register, given, granted, on)
    return _Gated(ask, granted, basis_of(register, who, granted, on), given=used)


def _with_errors(gated: list[_Gated]) -> list[_Gated]:
    """Mark the asks whose source is known to be down."""
    elsewhere = {one.ask.register.id for one in gated if one.moves and not one.here}
    if not elsewhere:
        return gated
    shut = breaker.shut(elsewhere)
    return [
        replace(one, error=_known_error(one.ask.register, shut))
        if one.ask.register.id in elsewhere and one.moves
        else one
        for one in gated
    ]


def _known_error(register: Register, shut: frozenset[str]) -> str:
    if not sources.address_of(register):
        return sources.NOT_CONFIGURED
    return sources.LEFT_ALONE if register.id in shut else ""


def _with_rows(gated: list[_Gated]) -> list[_Gated]:
    """Fetch the rows of what lies here, all asks together."""
    here = [one.moves and one.here for one in gated]
    wanted = [
        (one.ask.register, one.ask.by) for one, is_here in zip(gated, here, strict=True) if is_here
    ]
    fetched = iter(find(wanted))
    return [
        replace(one, found=next(fetched)) if is_here else one
        for one, is_here in zip(gated, here, strict=True)
    ]


# ---- record ------------------------------------------------------------------------------------

_ACTS = {
    Reading.State.ANSWERED: "register.read",
    Reading.State.NONE: "register.read",
    Reading.State.ASKED: "register.asked",
    Reading.State.FAILED: "register.failed",
}


def _record(
    gated: Sequence[_Gated], *, purpose: str, case: UUID, root: UUID, by: Actor
) -> Iterator[UUID | None]:
    """The act of each ask; None where no data could move."""
    moving = [one for one in gated if one.moves]
    told = [
        numbers_in(one.ask.register, [one.ask.by, *(row.values for row in one.found)])
        for one in moving
    ]
    known = subjects(dict(chain.from_iterable(one.items() for one in told)), by=by)
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
        for one, numbers in zip(moving, told, strict=True)
    )
    return _in_place(gated, (act.id for act in acts))


def _in_place(gated: Sequence[_Gated], acts: Iterable[UUID]) -> Iterator[UUID | None]:
    made = iter(acts)
    for one in gated:
        yield next(made) if one.moves else None


def _body(one: _Gated) -> dict[str, Any]:
    return {
        "register": one.ask.register.id,
        "by": dict(one.ask.by),
        "columns": sorted(one.granted),
        "granted": {column: list(who) for column, who in one.granted.items()},
        "basis": {"zh": one.basis.zh, "en": one.basis.en},
        "found": len(one.found),
        "error": one.error,
        "given": [str(id) for id in one.given],
    }


def _reading(one: _Gated, act: UUID | None, *, purpose: str, case: UUID, root: UUID) -> Reading:
    now = moment.now()
    done = one.state != Reading.State.ASKED
    return Reading(
        root=root,
        case=case,
        register=one.ask.register.id,
        by=dict(one.ask.by),
        columns=list(one.ask.columns),
        granted={column: list(who) for column, who in one.granted.items()},
        purpose=purpose,
        basis=one.basis.zh,
        state=one.state,
        asked_at=now,
        answered_at=now if done else None,
        as_of=_as_of(one.found, now) if done and not one.error else None,
        error=one.error,
        act=act,
        given=list(one.given) if act else [],
    )


# ---- answer ------------------------------------------------------------------------------------


def _answer(one: _Gated, reading: Reading) -> Answer:
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
