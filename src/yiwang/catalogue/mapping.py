"""How the fields of an export become standard elements: declared in a file, never in code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import Field, ValidationError

from yiwang.catalogue.declarations import Authority, CatalogueItem
from yiwang.catalogue.errors import ImportFaulty, fault
from yiwang.kernel.words import Text
from yiwang.pack import shape_faults
from yiwang.pack.declaration import Declaration, Limit, Part, Problem
from yiwang.pack.references import annotation, fields, models_at, options
from yiwang.pack.source import Entry, entries

SHIPPED = Path(__file__).parent / "mappings"
Reading = Literal["text", "list", "code", "codes", "number", "yes", "limit"]


class Taken(Part):
    """Where a value is taken from, and how it is read.

    How follows from the element: a limit needs a `pattern` with the groups `days` and `unit`, a
    code or a yes-or-no needs `values`.
    """

    field: str
    """The foreign field; a dot leads into a group of fields."""
    values: dict[str, str] = Field(default_factory=dict)
    """Foreign words and what they are here: a code, `yes` or `no`, `working` or `natural`."""
    otherwise: str | None = None
    """What any other word is."""
    nothing: tuple[str, ...] = ()
    """Words that tell nothing in this field, beside those of the whole export."""
    none: tuple[str, ...] = ()
    """Words that tell there is none: no limit, no documents."""
    split: str = ""
    """Signs at which one text is cut into several."""
    pattern: str | None = None
    """A regular expression; its group `text` is taken, or `days` and `unit`."""


Sources = str | Taken | tuple[str | Taken, ...]


class Mapping(Part):
    """What the fields of an export mean."""

    title: Text
    """Whose exports these are."""
    format: Literal["json-lines", "json", "csv"] = "json-lines"
    """One object a line, one list of objects, or a table with a first line of names."""
    encoding: str = "utf-8"
    """The encoding of its text."""
    records: str = ""
    """Where the list is in a JSON file, as names with dots."""
    nothing: tuple[str, ...] = ()
    """Words that tell nothing, in any field."""
    id: str
    """The foreign field that names an item for good."""
    authority: dict[str, Sources] = Field(default_factory=dict)
    """Elements of the authority and their foreign fields; `id` and `title` at least."""
    fields: dict[str, Sources] = Field(default_factory=dict)
    """Elements of the item and their foreign fields; `title` at least. `limits.statutory` leads
    into a group."""


@dataclass(frozen=True)
class Rule:
    """One element of an item or authority, how it is read, and from where."""

    target: str
    reading: Reading
    sources: tuple[Taken, ...]


@dataclass(frozen=True)
class Read:
    """A mapping as it was read: its file, its text, and the lines of its places."""

    mapping: Mapping
    file: str
    text: bytes
    entry: Entry
    items: tuple[Rule, ...]
    authorities: tuple[Rule, ...]

    def foreign(self) -> Iterator[tuple[str, int]]:
        """Every foreign field it names, with the line."""
        yield self.mapping.id, self.entry.line(("id",))
        for group, rules in (("authority", self.authorities), ("fields", self.items)):
            for rule in rules:
                for taken in rule.sources:
                    yield taken.field, self.entry.line((group, rule.target))


def read_mapping(path: Path) -> Read:
    """A mapping from its file; ImportFaulty tells everything that is wrong with it."""
    found, problems = entries(path, str(path))
    if not problems and len(found) != 1:
        raise fault(
            str(path),
            1,
            "mapping",
            Text(zh="映射文件应该只有一条映射。", en="The file should hold one mapping."),
            Text(zh="写成「名称: 值」。", en="Write it as “name: value”."),
        )
    if problems:
        raise ImportFaulty(problems)
    value = found[0].value
    try:
        mapping = Mapping.model_validate(value)
    except ValidationError as wrong:
        told = shape_faults.problems("mapping", "", Mapping, value, wrong)
        raise ImportFaulty([_at(one, found[0], path) for one in told]) from None
    read = Read(
        mapping,
        str(path),
        path.read_bytes(),
        found[0],
        item_rules(mapping),
        tuple(_rules(Authority, mapping.authority)),
    )
    if told := list(_faults(read)):
        raise ImportFaulty([_at(one, found[0], path) for one in told])
    return read


def item_rules(mapping: Mapping) -> tuple[Rule, ...]:
    """How each element of an item is read."""
    return tuple(_rules(CatalogueItem, mapping.fields))


def shipped() -> list[Path]:
    """The mappings that come with the program."""
    return sorted(SHIPPED.glob("*.yaml"))


def _at(problem: Problem, entry: Entry, path: Path) -> Problem:
    place = problem.path
    return Problem(
        "mapping",
        "",
        place,
        problem.what,
        problem.remedy,
        code=problem.code,
        file=str(path),
        line=entry.line(place),
    )


def _rules(model: type[Declaration], table: dict[str, Sources]) -> Iterator[Rule]:
    for target, sources in table.items():
        listed = sources if isinstance(sources, tuple) else (sources,)
        taken = tuple(Taken(field=one) if isinstance(one, str) else one for one in listed)
        kinds = _kinds(model, target)
        yield Rule(target, _reading(kinds) if kinds else "text", taken)


def _kinds(model: type[Declaration], target: str) -> list[Any]:
    """The types a value at this place may have; none where there is no such place."""
    *way, last = target.split(".")
    for owner in models_at(model, tuple(way)):
        if last in fields(owner):
            return options(annotation(fields(owner)[last]))
    return []


def _reading(kinds: list[Any]) -> Reading:
    if Limit in kinds:
        return "limit"
    if bool in kinds:
        return "yes"
    if int in kinds:
        return "number"
    many = next((one for one in kinds if get_origin(one) is tuple), None)
    if many is not None:
        return "codes" if _codes(options(get_args(many)[0])) else "list"
    return "code" if _codes(kinds) else "text"


def _codes(kinds: Iterable[Any]) -> tuple[str, ...]:
    return next((get_args(one) for one in kinds if get_origin(one) is Literal), ())


def _faults(read: Read) -> Iterator[Problem]:
    mapping = read.mapping
    if "title" not in mapping.fields:
        yield _problem(
            ("fields",),
            "no-title",
            "映射没有说事项名称在哪个字段。",
            "The mapping does not say which field is the title.",
            "在 fields 下写「title: 外部字段名」。",
            "Write “title: foreign field” under fields.",
        )
    if mapping.authority and not {"id", "title"} <= set(mapping.authority):
        yield _problem(
            ("authority",),
            "no-authority-title",
            "实施机关要有 id 和 title。",
            "An authority needs id and title.",
            "在 authority 下写 id 和 title 各取自哪个字段。",
            "Say under authority which fields they are.",
        )
    for group, model, rules in (
        ("authority", Authority, read.authorities),
        ("fields", CatalogueItem, read.items),
    ):
        for rule in rules:
            yield from _rule_faults((group, rule.target), model, rule)


def _rule_faults(place: tuple[str, str], model: type[Declaration], rule: Rule) -> Iterator[Problem]:
    kinds = _kinds(model, rule.target)
    if not kinds or (rule.target in ("original", "id") and place[0] == "fields"):
        known = [name for name in fields(model) if name not in ("original", "id")]
        near = shape_faults.did_you_mean(rule.target, known)
        yield _problem(
            place,
            "no-element",
            f"没有「{rule.target}」这个标准要素。",
            f"There is no element “{rule.target}”.",
            (f"是不是「{near}」？" if near else "") + f"可用的：{'、'.join(known)}。",
            (f"Did you mean “{near}”? " if near else "") + f"Elements are: {', '.join(known)}.",
        )
        return
    for taken in rule.sources:
        yield from _taken_faults(place, rule, taken, _allowed(rule.reading, kinds))


def _allowed(reading: Reading, kinds: list[Any]) -> tuple[str, ...]:
    """What foreign words may become."""
    if reading == "yes":
        return ("yes", "no")
    if reading == "limit":
        return ("working", "natural")
    many = next((one for one in kinds if get_origin(one) is tuple), None)
    return _codes(kinds if many is None else options(get_args(many)[0]))


def _taken_faults(
    place: tuple[str, str], rule: Rule, taken: Taken, allowed: tuple[str, ...]
) -> Iterator[Problem]:
    for word in (*taken.values.values(), *([taken.otherwise] if taken.otherwise else [])):
        if word not in allowed:
            near = shape_faults.did_you_mean(word, allowed)
            yield _problem(
                place,
                "no-code",
                f"「{word}」不是「{rule.target}」的代码。",
                f"“{word}” is no code of “{rule.target}”.",
                (f"是不是「{near}」？" if near else "") + f"可用的：{'、'.join(allowed) or '无'}。",
                (f"Did you mean “{near}”? " if near else "")
                + f"Codes are: {', '.join(allowed) or 'none'}.",
            )
    groups = _groups(taken.pattern)
    needed = {"days"} if rule.reading == "limit" else {"text"} if taken.pattern else set()
    if groups is None or not needed <= groups:
        said = "、".join(f"(?P<{one}>…)" for one in sorted(needed))
        yield _problem(
            place,
            "pattern",
            f"「{rule.target}」的 pattern 不能用。",
            f"The pattern of “{rule.target}” cannot be used.",
            f"写一个正则表达式，带 {said} 组。",
            f"Write a regular expression with the group {said}.",
        )


def _groups(pattern: str | None) -> set[str] | None:
    try:
        return set(re.compile(pattern or "").groupindex)
    except re.error:
        return None


def _problem(
    place: tuple[str, ...], code: str, zh: str, en: str, mend_zh: str, mend_en: str
) -> Problem:
    what, remedy = Text(zh=zh, en=en), Text(zh=mend_zh, en=mend_en)
    return Problem("mapping", "", place, what, remedy, code=code)
