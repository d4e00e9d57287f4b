"""What sections, elements and registers must satisfy beyond their shape. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

from yiwang.kernel.words import Text
from yiwang.pack.cycles import cycles
from yiwang.pack.declaration import Problem
from yiwang.pack.pack import Pack
from yiwang.pack.shape_faults import did_you_mean
from yiwang.rules import ElementType, Formula, PartyScope, RuleFault, Scope

if TYPE_CHECKING:
    from yiwang.registers.declarations import Element, Register

Place = tuple[str | int, ...]
NUMBERS = ("integer", "decimal", "money")


def elements(pack: Pack) -> Iterator[Problem]:
    """Bounds that fit the type, codes where there must be, formulas that can be read."""
    declared = cast("Mapping[str, Element]", pack.of_kind("element"))
    formulas: dict[str, Formula] = {}
    scope = Scope(
        parties={"this": PartyScope()},
        elements={id: ElementType(one.type, tuple(one.codes)) for id, one in declared.items()},
    )
    for one in declared.values():
        yield from _bounds(one)
        yield from _codes(one)
        yield from _pattern(one)
        yield from _origin(one)
        if one.derive:
            yield from _formula(one, scope, formulas)
    yield from _circles(formulas)


def registers(pack: Pack) -> Iterator[Problem]:
    """Key, lookups, people and grants name declared columns."""
    for one in cast("Mapping[str, Register]", pack.of_kind("register")).values():
        named: list[tuple[Place, str]] = [(("key",), one.key)]
        named += [(("lookup", n), column) for n, column in enumerate(one.lookup)]
        named += [(("about", n), column) for n, column in enumerate(one.about)]
        named += [(("unique", n), column) for n, column in enumerate(one.unique)]
        for n, grant in enumerate(one.grants):
            columns = () if grant.columns == "*" else grant.columns
            named += [(("grants", n, "columns", m), column) for m, column in enumerate(columns)]
        for place, column in named:
            if column not in one.columns:
                yield _no_column(one, place, column)
        yield from _source(one)
        yield from _people(one, cast("Mapping[str, Element]", pack.of_kind("element")))


def _bounds(one: Element) -> Iterator[Problem]:
    for name, bound in (("min", one.min), ("max", one.max)):
        fits = isinstance(bound, date) if one.type == "date" else one.type in NUMBERS
        if bound is not None and (not fits or (one.type != "date" and isinstance(bound, date))):
            yield _of_element(
                one,
                (name,),
                "bound",
                Text(
                    zh=f"类型是 {one.type}，不能用「{bound}」作界限。",
                    en=f"“{bound}” cannot bound an element of type {one.type}.",
                ),
                Text(
                    zh="数写数，日期写日期；文字用 max_length 和 pattern。",
                    en="Numbers take numbers, dates take dates; text takes max_length and pattern.",
                ),
            )
            return
    if one.min is not None and one.max is not None and one.min > one.max:  # type: ignore[operator]
        yield _of_element(
            one,
            ("min",),
            "empty-range",
            Text(zh=f"最小 {one.min} 大于最大 {one.max}。", en=f"{one.min} is above {one.max}."),
            Text(zh="把两个数对调或改正。", en="Swap or mend them."),
        )


def _codes(one: Element) -> Iterator[Problem]:
    if one.type == "code" and not one.codes:
        yield _of_element(
            one,
            ("type",),
            "no-codes",
            Text(zh="类型是 code，却没有列出选项。", en="It is a code, but no codes are listed."),
            Text(zh="加上 codes，或改用 type: text。", en="Add codes, or make it type: text."),
        )
    if one.type != "code" and one.codes:
        yield _of_element(
            one,
            ("codes",),
            "codes-unused",
            Text(
                zh=f"类型是 {one.type}，选项用不上。",
                en=f"The codes are of no use to the type {one.type}.",
            ),
            Text(zh="改用 type: code，或删掉 codes。", en="Make it type: code, or drop the codes."),
        )


def _pattern(one: Element) -> Iterator[Problem]:
    try:
        re.compile(one.pattern or "")
    except re.error as fault:
        yield _of_element(
            one,
            ("pattern",),
            "pattern",
            Text(zh=f"格式写法有误：{fault}。", en=f"The pattern cannot be read: {fault}."),
            Text(zh="按正则表达式改正。", en="Write a regular expression."),
        )
        return
    example = one.ask.example if one.ask else ""
    if one.pattern and example and not re.search(one.pattern, example):
        yield _of_element(
            one,
            ("ask", "example"),
            "example",
            Text(
                zh=f"例子「{example}」自己就不合格式。",
                en=f"The example “{example}” does not fit the pattern itself.",
            ),
            Text(zh="改例子，或改 pattern。", en="Mend the example or the pattern."),
        )


def _origin(one: Element) -> Iterator[Problem]:
    """Where the value comes from: asked, derived or aggregated, but not two of them."""
    ways = [name for name in ("ask", "derive", "aggregate") if getattr(one, name) is not None]
    if len(ways) > 1:
        yield _of_element(
            one,
            (ways[1],),
            "two-origins",
            Text(
                zh=f"{'、'.join(ways)} 只能有一个。",
                en=f"Only one of {', '.join(ways)} can give the value.",
            ),
            Text(zh="留下一个。", en="Keep one."),
        )
    aggregate = one.aggregate
    if aggregate is not None and aggregate.take != "count" and aggregate.element is None:
        yield _of_element(
            one,
            ("aggregate",),
            "aggregate-of-nothing",
            Text(
                zh=f"「{aggregate.take}」要说明对哪个数据元。",
                en=f"“{aggregate.take}” must say of which element.",
            ),
            Text(zh="加上「element: …」。", en="Add “element: …”."),
        )


def _formula(one: Element, scope: Scope, formulas: dict[str, Formula]) -> Iterator[Problem]:
    try:
        formulas[one.id] = Formula.parse(one.derive or "", scope)
    except RuleFault as faulty:
        for fault in faulty.faults:
            yield _of_element(
                one,
                ("derive",),
                "formula",
                fault.what,
                fault.instead,
            )


def _circles(formulas: Mapping[str, Formula]) -> Iterator[Problem]:
    leads = {
        id: sorted(column.element for column in formula.columns) for id, formula in formulas.items()
    }
    for circle in cycles(leads):
        way = " → ".join([*circle, circle[0]])
        yield Problem(
            "element",
            circle[0],
            ("derive",),
            Text(zh=f"公式绕成了一圈：{way}。", en=f"The formulas form a circle: {way}."),
            Text(zh="其中一个要有别的来源。", en="One of them needs another origin."),
            code="cycle",
        )


def _no_column(one: Register, place: Place, column: str) -> Problem:
    near = did_you_mean(column, one.columns)
    listed = ", ".join(one.columns)
    return Problem(
        "register",
        one.id,
        place,
        Text(zh=f"没有「{column}」这一列。", en=f"There is no column “{column}”."),
        Text(
            zh=(f"是不是「{near}」？" if near else "") + f"已有的列：{listed}。",
            en=(f"Did you mean “{near}”? " if near else "") + f"Columns are: {listed}.",
        ),
        code="column",
    )


def _source(one: Register) -> Iterator[Problem]:
    if one.source.kind == "http" and not one.source.setting:
        yield Problem(
            "register",
            one.id,
            ("source",),
            Text(
                zh="外部数据源没有说明地址放在哪个环境变量。",
                en="The outside source does not say which setting holds its address.",
            ),
            Text(zh="加上「setting: YIWANG_SOURCE_…」。", en="Add “setting: YIWANG_SOURCE_…”."),
            code="no-setting",
        )


def _people(one: Register, declared: Mapping[str, Element]) -> Iterator[Problem]:
    """A register with identity numbers tells whom its rows are about, so that they learn of it."""
    for column, id in one.columns.items():
        element = declared.get(id)
        if element is None or element.format != "identity-number" or column in one.about:
            continue
        yield Problem(
            "register",
            one.id,
            ("columns", column),
            Text(
                zh=f"「{column}」是身份号码，却不在 about 里：被读取的人不会知道。",
                en=f"“{column}” holds identity numbers but is not in about: "
                "those people would not learn that they were read about.",
            ),
            Text(zh=f"在 about 里加上 {column}。", en=f"Add {column} to about."),
            severity="finding",
            code="not-about",
        )


def _of_element(one: Element, place: Place, code: str, what: Text, remedy: Text) -> Problem:
    return Problem("element", one.id, place, what, remedy, code=code)
