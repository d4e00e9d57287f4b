"""What was read about a person, told to that person: who, when, why, on which law, which fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.ledger.models import Act
from yiwang.ledger.queries import acts_about, body_of
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element, Register
from yiwang.registers.followers import LOOKS, Matter, matters, purpose_in_words
from yiwang.registers.models import Reading

READS = ("register.read", "register.asked", "register.failed")
NOTHING = Text(zh="", en="")
UNKNOWN = Text(zh="（已按规定删除）", en="(erased as the rules require)")


@dataclass(frozen=True)
class Use:
    """One read about a person: of `register`, or of what they gave, as `looked` says (then
    `register` is empty). `offices` are the ids of `departments`, `register_id` and `columns` what
    `register` and `fields` name. `state` is answered, none, asked or failed."""

    at: datetime
    register: Text
    looked: Text
    departments: Sequence[Text]
    offices: Sequence[str]
    purpose: Text
    basis: Text
    fields: Sequence[Text]
    state: str
    matter: Matter | None
    by_themselves: bool
    act: UUID
    register_id: str = ""
    columns: Sequence[str] = ()


def uses_of(person: UUID, *, register: str = "") -> QuerySet[Act]:
    """Acts of reading about a person, newest first; of one register only where it is given.

    What a job did later to answer is the same read, not another.
    """
    acts = acts_about(person).filter(what__in=(*READS, *LOOKS)).exclude(by_kind="job")
    if register:
        acts = acts.filter(id__in=Reading.objects.filter(register=register).values("act"))
    return acts


def registers_read(person: UUID, pack: Pack) -> list[tuple[str, Text]]:
    """Id and title of the registers that were read about a person, by title."""
    acts = uses_of(person).order_by().values("id")
    ids = Reading.objects.filter(act__in=acts).values_list("register", flat=True).distinct()
    return sorted(((id, register_title(pack, id)) for id in ids), key=lambda one: str(one[1]))


def told(acts: Iterable[Act], person: UUID, pack: Pack) -> list[Use]:
    """Each act as its person reads it."""
    shown = list(acts)
    states = dict(
        Reading.objects.filter(act__in=[act.id for act in shown]).values_list("act", "state")
    )
    known = matters({act.case for act in shown if act.case}, person)
    return [_use(act, body_of(act), states, known, person, pack) for act in shown]


def _use(
    act: Act,
    body: Mapping[str, Any],
    states: Mapping[UUID, str],
    known: Mapping[UUID, Matter],
    person: UUID,
    pack: Pack,
) -> Use:
    register = body.get("register", "")
    granted: Mapping[str, Sequence[str]] = body.get("granted", {})
    looked = LOOKS.get(act.what)
    departments = sorted({one for several in granted.values() for one in several})
    offices = departments or [act.department]
    columns = _in_order(pack, register, body.get("columns", ()))
    return Use(
        at=act.at,
        register=NOTHING if looked else register_title(pack, register),
        looked=looked or NOTHING,
        departments=[department_title(pack, one) for one in offices],
        offices=[one for one in offices if one],
        purpose=purpose_in_words(act.purpose),
        basis=Text(**body["basis"]) if "basis" in body else Text(zh=act.basis, en=act.basis),
        fields=[field_title(pack, register, one) for one in columns],
        state=states.get(act.id, "answered"),
        matter=known.get(act.case) if act.case else None,
        by_themselves=act.by_kind == "person" and act.by_id == str(person),
        act=act.id,
        register_id=register,
        columns=columns,
    )


def register_title(pack: Pack, id: str) -> Text:
    """What a register is called."""
    declared = pack.all(Register).get(id)
    return declared.title if declared else Text(zh=id, en=id) if id else UNKNOWN


def department_title(pack: Pack, id: str) -> Text:
    """What an office is called."""
    declared = pack.all(Department).get(id)
    return declared.title if declared else Text(zh=id, en=id)


def _in_order(pack: Pack, register: str, columns: Sequence[str]) -> list[str]:
    """Columns as their register declares them; strange ones last."""
    declared = pack.all(Register).get(register)
    order = list(declared.columns) if declared else []
    return sorted(columns, key=lambda one: order.index(one) if one in order else len(order))


def field_title(pack: Pack, register: str, column: str) -> Text:
    """What a column of a register is called."""
    declared = pack.all(Register).get(register)
    element = pack.all(Element).get(declared.columns.get(column, "")) if declared else None
    return element.title if element else Text(zh=column, en=column)
