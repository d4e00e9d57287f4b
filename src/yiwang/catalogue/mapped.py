"""One row of an export as a catalogue item, by a mapping. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as Table
from typing import Any

from yiwang.catalogue.mapping import Mapping, Read, Rule, Taken

MOST_DAYS, MOST_VISITS = 3650, 99
UNREAD = object()
Row = Table[str, Any]


def at(row: Row, field: str) -> Any:
    """A foreign value; a dot leads into a group of fields, None where there is nothing."""
    if field in row:
        return row[field]
    first, _, rest = field.partition(".")
    inner = row.get(first)
    return at(inner, rest) if rest and isinstance(inner, dict) else None


def item_of(row: Row, read: Read, authority: dict[str, Any] | None) -> dict[str, Any]:
    """The item a row tells of. What is not placed word for word stays in `original`."""
    made: dict[str, Any] = {"id": slug(str(at(row, read.mapping.id) or ""))}
    if authority is not None:
        made["authority"] = authority["id"]
    placed = _placed_by(authority, row, read)
    for rule in read.items:
        for taken in rule.sources:
            _place(made, rule, taken, row, read, placed)
    made.setdefault("title", str(at(row, read.mapping.id) or ""))
    if not made["id"]:
        made["id"] = f"x-{_short(repr(sorted(row.items(), key=str)))}"
    if left := {name: value for name, value in row.items() if not _kept(name, value, placed)}:
        made["original"] = left
    return made


def authority_of(row: Row, read: Read) -> dict[str, Any] | None:
    """The authority a row names; None where it names none, or one without a name."""
    made: dict[str, Any] = {}
    for rule in read.authorities:
        for taken in rule.sources:
            _place(made, rule, taken, row, read, set())
    if not made.get("id") or not made.get("title"):
        return None
    return {**made, "id": slug(made["id"])}


def slug(words: str) -> str:
    """Words as an id: the same words give the same id, and others give another."""
    made = re.sub(r"[^a-z0-9_-]+", "-", words.strip().lower()).strip("-_")
    if made == words.strip().lower() and len(made) <= 64:
        return made
    return f"{made[:48].strip('-_') or 'x'}-{_short(words)}" if words.strip() else ""


def tells(value: Any, taken: Taken, mapping: Mapping) -> bool:
    """Whether a foreign value tells anything."""
    if value is None or value == [] or value == {}:
        return False
    words = value.strip() if isinstance(value, str) else value
    if words in taken.none:
        return True
    return words not in (*mapping.nothing, *taken.nothing, "")


def read_as(value: Any, rule: Rule, taken: Taken) -> Any:
    """A foreign value as the element wants it; UNREAD where it cannot be understood."""
    if isinstance(value, str) and value.strip() in taken.none:
        return {"list": [], "codes": [], "limit": "none"}.get(rule.reading)
    return _READINGS[rule.reading](value, taken)


def _place(
    made: dict[str, Any], rule: Rule, taken: Taken, row: Row, read: Read, placed: set[str]
) -> None:
    value = at(row, taken.field)
    if not tells(value, taken, read.mapping):
        if _whole_none(value, read):
            placed.add(taken.field)
        return
    found = read_as(value, rule, taken)
    if found is UNREAD:
        return
    *way, last = rule.target.split(".")
    here = made
    for step in way:
        here = here.setdefault(step, {})
    before = here.get(last)
    here[last] = [*before, *found] if isinstance(before, list) else found
    if found == value or (isinstance(value, str) and value.strip() in taken.none):
        placed.add(taken.field)


def _whole_none(value: Any, read: Read) -> bool:
    """Whether a value is one of the words that tell nothing: leaving the element out says so."""
    return isinstance(value, str) and value.strip() in read.mapping.nothing


def _placed_by(authority: dict[str, Any] | None, row: Row, read: Read) -> set[str]:
    """The foreign fields whose words stand in the authority."""
    if authority is None:
        return set()
    return {
        taken.field
        for rule in read.authorities
        for taken in rule.sources
        if authority.get(rule.target) == at(row, taken.field) and rule.target != "id"
    }


def _kept(name: str, value: Any, placed: set[str]) -> bool:
    """Whether a foreign value need not stand in `original`."""
    return name in placed or value is None or value in ("", [], {})


def _text(value: Any, taken: Taken) -> Any:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return UNREAD
    words = str(value)
    if taken.pattern is None:
        return words
    match = re.search(taken.pattern, words, re.DOTALL)
    return match["text"] if match and match["text"] else UNREAD


def _list(value: Any, taken: Taken) -> Any:
    if isinstance(value, list):
        return value if all(isinstance(one, str) for one in value) else UNREAD
    words = _text(value, taken)
    if words is UNREAD or not taken.split:
        return words if words is UNREAD else [words]
    cut = re.split(f"[{re.escape(taken.split)}]", words)
    return [one.strip() for one in cut if one.strip()]


def _code(value: Any, taken: Taken) -> Any:
    words = value.strip() if isinstance(value, str) else str(value)
    return taken.values.get(words, taken.otherwise or UNREAD)


def _codes(value: Any, taken: Taken) -> Any:
    listed = _list(value, taken)
    if listed is UNREAD:
        return UNREAD
    codes = [_code(one, taken) for one in listed]
    return UNREAD if UNREAD in codes else list(dict.fromkeys(codes))


def _yes(value: Any, taken: Taken) -> Any:
    if isinstance(value, bool) and not taken.values:
        return value
    found = _code(value, taken)
    return found if found is UNREAD else found == "yes"


def _number(value: Any, _: Taken) -> Any:
    words = str(value).strip()
    understood = words.isascii() and words.isdigit() and int(words[:6]) <= MOST_VISITS
    return int(words) if understood and len(words) <= 6 else UNREAD


def _limit(value: Any, taken: Taken) -> Any:
    match = re.search(taken.pattern or "", str(value))
    if match is None or not match["days"].isdigit() or len(match["days"]) > 4:
        return UNREAD
    days, unit = int(match["days"]), match.groupdict().get("unit")
    if days > MOST_DAYS:
        return UNREAD
    count = "working" if unit is None else taken.values.get(unit, taken.otherwise)
    if count is None:
        return UNREAD
    return {"days": days} if count == "working" else {"days": days, "count": count}


_READINGS = {
    "text": _text, "list": _list, "code": _code, "codes": _codes, "number": _number, "yes": _yes,
    "limit": _limit,
}  # fmt: skip


def _short(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]
