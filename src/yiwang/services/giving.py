"""What a grant gives, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from yiwang.identity.declarations import City
from yiwang.identity.queries import numbers_beginning
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.kernel.identifiers import identity_number
from yiwang.kernel.words import Text
from yiwang.licences.numbers import next_number
from yiwang.registers import dictionary
from yiwang.rules import Column
from yiwang.services.item import Item, Numbered
from yiwang.services.matter import Matter

STILL_UNKNOWN = Text(
    zh="还缺「{what}」，不能作出决定。请先要求申请人补正，或核实后再办。",
    en="“{what}” is not known yet, so this cannot be granted. Ask the applicant for it first.",
)
NEEDED = Text(zh="请填写「{title}」。", en="Fill in “{title}”.")
SERIALS = {"male": range(1, 1000, 2), "female": range(2, 1000, 2)}


@dataclass(frozen=True)
class Gift:
    """The values of one grant: stated with it, produced by it, printed on the licence, and the
    rows to write into registers."""

    env: Mapping[Column, Any]
    fills: Mapping[Column, Any]
    produced: Mapping[Column, Any]
    fields: Mapping[str, Any]
    rows: tuple[tuple[Any, Mapping[str, Any]], ...]


def stated(
    matter: Matter, item: Item, env: Mapping[Column, Any], typed: Mapping[str, str] | None
) -> dict[Column, Any]:
    """The values stated with the decision: as typed, or (typed None) as the formulas propose.

    Raises BadInputs for what a clerk typed wrongly; a formula without a value gives None.
    """
    found: dict[Column, Any] = {}
    wrong = []
    for fill in item.fills:
        element = matter.plan.elements[fill.column.element]
        if typed is None:
            found[fill.column] = fill.formula.value(env, on=matter.on) if fill.formula else None
            continue
        name = str(fill.column)
        try:
            raw = typed.get(name, "")
            if not raw.strip():
                raise BadInput(name, NEEDED.filled(title=element.title))
            found[fill.column] = dictionary.parse(element, raw, on=matter.on, field=name)
        except BadInput as error:
            wrong.append(error)
    if wrong:
        raise BadInputs(wrong)
    return found


def work_out(matter: Matter, item: Item, index: int, *, typed: Mapping[str, str] | None) -> Gift:
    """Everything a grant gives. Raises Refusal, naming it, where a value is not known."""
    env = matter.env(item, index)
    fills = stated(matter, item, env, typed)
    env |= fills
    produced = {}
    for column, how in item.produces.items():
        known = env.get(column)
        made = known if known is not None else _produce(matter, item, column, how, env)
        produced[column] = _must(matter, column.element, made)
        env[column] = produced[column]
    fields = {
        element: _must(matter, element, formula.value(env, on=matter.on))
        for element, formula in item.fields.items()
    }
    rows = tuple(
        (
            writing.register,
            {name: formula.value(env, on=matter.on) for name, formula in writing.set.items()},
        )
        for writing in item.writes
    )
    for register, row in rows:
        _must(matter, register.columns[register.key], row[register.key])
    return Gift(env, fills, produced, fields, rows)


def _must(matter: Matter, element: str, value: Any) -> Any:
    if value is None:
        raise Refusal(STILL_UNKNOWN.filled(what=matter.plan.elements[element].title))
    return value


def _produce(
    matter: Matter, item: Item, column: Column, how: Any, env: Mapping[Column, Any]
) -> Any:
    if not isinstance(how, Numbered):
        return how.value(env, on=matter.on)
    if how.declared.scheme == "serial":
        return next_number(
            how.declared.pattern,
            kind=f"{item.id}-{column.element}",
            year=matter.on.year,
            region=matter.plan.pack.only(City).region_code,
        )
    parts = [
        formula.value(env, on=matter.on) if formula else None
        for formula in (how.region, how.birth_date, how.sex)
    ]
    return None if None in parts else free_identity_number(*parts)


def free_identity_number(region: str, born: date, sex: str) -> str:
    """The next identity number of this region and day nobody bears (GB 11643: odd serials are
    male). Two at once for the same region and day wait for each other, nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"identity {region} {born}"])
    taken = numbers_beginning(f"{region}{born:%Y%m%d}")
    for serial in SERIALS[sex]:
        number = identity_number(region, born, serial)
        if number not in taken:
            return number
    raise Refusal(Text(zh="当天的顺序码已用完。", en="No serial number is left for that day."))
