"""What a grant gives, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from yiwang.identity.declarations import City
from yiwang.identity.queries import numbers_beginning, organisation_by_code
from yiwang.kernel.errors import BadInput, BadInputs, Refusal
from yiwang.kernel.identifiers import credit_code, identity_number
from yiwang.kernel.words import Text
from yiwang.licences.numbers import next_number
from yiwang.registers import dictionary
from yiwang.rules import Column
from yiwang.services.item import Item, Numbered, Writing
from yiwang.services.matter import Matter

STILL_UNKNOWN = Text(
    zh="还缺「{what}」，不能作出决定。请先要求申请人补正，或核实后再办。",
    en="“{what}” is not known yet, so this cannot be granted. Ask the applicant for it first.",
)
NEEDED = Text(zh="请填写「{title}」。", en="Fill in “{title}”.")
SERIALS = {"male": range(1, 1000, 2), "female": range(2, 1000, 2)}


Row = tuple[Writing, dict[str, Any]]


@dataclass(frozen=True)
class Gift:
    """The values of one grant: stated with it, produced by it, printed on the licence, and the
    rows to write into registers."""

    env: Mapping[Column, Any]
    fills: Mapping[Column, Any]
    produced: Mapping[Column, Any]
    fields: Mapping[str, Any]
    rows: tuple[Row, ...]
    number: str | None = None
    ends: tuple[tuple[str, str], ...] = ()


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
            bounds = matter.plan.bounds(fill.column)
            found[fill.column] = dictionary.parse(
                element, raw, narrow=bounds, on=matter.on, field=name
            )
        except BadInput as error:
            wrong.append(error)
    if typed is not None:
        wrong += _out_of_order(matter, item, {**env, **found}, found)
    if wrong:
        raise BadInputs(wrong)
    return found


def _out_of_order(
    matter: Matter, item: Item, env: Mapping[Column, Any], stated: Mapping[Column, Any]
) -> list[BadInput]:
    """Days stated now that may not stand beside others."""
    return [
        BadInput(str(one.column), one.fault(matter, env))
        for one in item.successions
        if one.column in stated and not one.holds(env)
    ]


def work_out(matter: Matter, item: Item, index: int, *, typed: Mapping[str, str] | None) -> Gift:
    """Everything a grant gives. Raises Refusal, naming it, where a value is not known or a day
    cannot be right."""
    env = matter.env(item, index)
    fills = stated(matter, item, env, typed)
    env |= fills
    for wrong in _out_of_order(matter, item, env, fills):
        raise Refusal(wrong.text)  # as registers tell it: a person looks
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
    rows = _rows(matter, item, index, dict(fills) | produced)
    number = item.number.value(env, on=matter.on) if item.number else None
    return Gift(env, fills, produced, fields, rows, number, _ends(matter, item, index))


def _ends(matter: Matter, item: Item, index: int) -> tuple[tuple[str, str], ...]:
    """Kinds and numbers of the licences that end with a grant."""
    return tuple(
        (ending.kind, str(number))
        for ending in item.endings
        for one in matter.envs(item, index, ending.role)
        if (number := ending.number.value(one, on=matter.on)) is not None
    )


def _rows(matter: Matter, item: Item, index: int, given: Mapping[Column, Any]) -> tuple[Row, ...]:
    """The rows to write: changes of one register with the same key are one row."""
    found: dict[tuple[str, Any], Row] = {}
    for writing in item.writes:
        register = writing.register
        for one in matter.envs(item, index, writing.each):
            env = one | given
            if not _is_written(matter, writing, env):
                continue
            values = {name: f.value(env, on=matter.on) for name, f in writing.set.items()}
            key = _must(matter, register.columns[register.key], values[register.key])
            _, row = found.setdefault((register.id, key), (writing, {}))
            row.update(values)
    return tuple(found.values())


def _is_written(matter: Matter, writing: Writing, env: Mapping[Column, Any]) -> bool:
    """Whether its rule is true; Refusal, naming it, where something it reads is not known."""
    if writing.when is None:
        return True
    true = writing.when.value(env, on=matter.on)
    if true is None:
        party, element = min(writing.when.missing(env, on=matter.on))
        known = matter.plan.elements.get(element) or matter.plan.parties[party]
        raise Refusal(STILL_UNKNOWN.filled(what=known.title))
    return bool(true)


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
    if how.declared.scheme == "credit-code":
        return free_credit_code(how.declared.kind, matter.plan.pack.only(City).region_code)
    parts = [
        formula.value(env, on=matter.on) if formula else None
        for formula in (how.region, how.birth_date, how.sex)
    ]
    return None if None in parts else free_identity_number(*parts)


def free_credit_code(kind: str, region: str) -> str:
    """The next unified social credit code of this kind nobody bears (GB 32100). Organisation codes
    given out here begin with MA, so that they never meet those taken over from before."""
    while True:
        body = next_number("MA{serial:06}", kind=f"credit-code-{kind}", year=0, region=region)
        code = credit_code(kind, region, body)
        if organisation_by_code(code) is None:
            return code


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
