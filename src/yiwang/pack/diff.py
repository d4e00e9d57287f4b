"""What changes for people when one pack takes the place of another, in plain words.

The engine finds every difference; the room that owns a kind says in `SENTENCES` how the
differences that matter are told. Others are told by field, before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Declaration, Kind
from yiwang.pack.pack import Pack

Value = Any  # JSON: text, number, true/false, nothing, list, table
Shown = Callable[[Value, Pack], Text]
Path = tuple[str, ...]
_IDENTITIES = ("id", "service", "element", "register")


@dataclass(frozen=True)
class Difference:
    """One place that is not the same; None where it is not there at all.

    Items of a list are named in `path` by what identifies them (their id, the service they name),
    not by position.
    """

    path: Path
    before: Value
    after: Value


@dataclass(frozen=True)
class Phrase:
    """How the differences at a path are told; `*` in the path stands for any one step.

    Sentences may use `{title}` (the declaration), `{name}` (the item within it), `{before}` and
    `{after}`. `more` and `less` are for numbers; what is None falls back to `changed`, then to
    the plain form. `shown` puts a value into words.
    """

    path: str
    added: Text | None = None
    removed: Text | None = None
    changed: Text | None = None
    more: Text | None = None
    less: Text | None = None
    shown: Shown | None = None

    def matches(self, path: Path) -> bool:
        """Whether this phrase is about `path`."""
        steps = self.path.split(".") if self.path else []
        return len(steps) == len(path) and all(
            want in ("*", have) for want, have in zip(steps, path, strict=True)
        )


SENTENCES: Registry[tuple[Phrase, ...]] = Registry("sentences for changes of pack kind")


@dataclass(frozen=True)
class Change:
    """One change in words. `plain` tells that its room has no sentence of its own for it."""

    kind: str
    id: str
    path: Path
    before: Value
    after: Value
    says: Text
    plain: bool


def compare(a: Pack, b: Pack) -> tuple[Change, ...]:
    """Everything that is different in `b`: what has sentences of its own first, kind by kind."""
    found = [change for name, kind in KINDS.items() for change in _of_kind(name, kind, a, b)]
    return tuple(sorted(found, key=lambda one: one.plain))


def differences(a: Value, b: Value, path: Path = ()) -> Iterator[Difference]:
    """The places where two values of JSON differ, items of lists matched by what they are."""
    if a == b:
        return
    if _is_table(a) and _is_table(b):
        yield from _in_tables(a, b, path)
    elif isinstance(a, list) and isinstance(b, list):
        by = _identity(a, b)
        found = list(_in_tables(_named(a, by), _named(b, by), path))
        yield from found or [Difference(path, a, b)]  # or: the same items in another order
    else:
        yield Difference(path, a, b)


def shown(value: Value, _: Pack | None = None) -> Text:
    """Any value in words."""
    if value is None or value == []:
        return Text(zh="无", en="none")
    if isinstance(value, bool):
        return Text(zh="是" if value else "否", en="yes" if value else "no")
    if _is_text(value):
        return Text(**value)
    if isinstance(value, list):
        parts = [shown(one) for one in value]
        return Text(zh="、".join(p.zh for p in parts), en=", ".join(p.en for p in parts))
    if isinstance(value, dict):
        return _table_shown(value)
    return Text(zh=str(value), en=str(value))


def _table_shown(value: dict[str, Value]) -> Text:
    for key in ("title", "ask", "law", *_IDENTITIES):  # what people know it by
        if value.get(key):
            return shown(value[key])
    parts = [(key, shown(one)) for key, one in value.items() if one not in (None, [], {})]
    return Text(
        zh="，".join(f"{key} {one.zh}" for key, one in parts),
        en=", ".join(f"{key} {one.en}" for key, one in parts),
    )


def _is_text(value: Value) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and set(value) == {"zh", "en"}


def _is_table(value: Value) -> TypeGuard[dict[str, Value]]:
    return isinstance(value, dict) and not _is_text(value)


def _in_tables(a: Mapping[str, Value], b: Mapping[str, Value], path: Path) -> Iterator[Difference]:
    for key in dict.fromkeys([*a, *b]):
        yield from differences(a.get(key), b.get(key), (*path, key))


def _named(items: list[Value], by: str | None) -> dict[str, Value]:
    """The items of a list by what identifies them; those without anything by all they say."""
    return {_label(one if by is None else one[by]): one for one in items}


def _identity(a: list[Value], b: list[Value]) -> str | None:
    """The field by which the items of two lists are told apart, the same for both."""
    first = next((one for one in (*a, *b) if _is_table(one)), {})
    for key in dict.fromkeys([*_IDENTITIES, *first]):
        if _tells_apart(key, a) and _tells_apart(key, b):
            return key
    return None


def _tells_apart(key: str, items: list[Value]) -> bool:
    values = [one.get(key) if _is_table(one) else None for one in items]
    if not all(isinstance(one, str) or _is_text(one) for one in values):
        return False
    return len({_label(one) for one in values}) == len(values)


def _label(value: Value) -> str:
    return shown(value).zh if isinstance(value, dict) and _is_text(value) else _compact(value)


def _compact(value: Value) -> str:
    return value if isinstance(value, str) else repr(value)


def _of_kind(name: str, kind: Kind, a: Pack, b: Pack) -> Iterator[Change]:
    before, after = a.of_kind(name), b.of_kind(name)
    phrases = SENTENCES.get(name) or ()
    for id in dict.fromkeys([*before, *after]):
        one, other = _dump(before.get(id)), _dump(after.get(id))
        if one is None or other is None:
            yield _told(kind, id, Difference((), one, other), phrases, a, b)
            continue
        for difference in differences(one, other):
            yield _told(kind, id, difference, phrases, a, b)


def _dump(declaration: Declaration | None) -> Value:
    return None if declaration is None else declaration.model_dump(mode="json", by_alias=True)


def _told(
    kind: Kind, id: str, difference: Difference, phrases: tuple[Phrase, ...], a: Pack, b: Pack
) -> Change:
    phrase = next((one for one in phrases if one.matches(difference.path)), Phrase(""))
    sentence = _sentence(phrase, difference)
    put = phrase.shown or shown
    before = put(difference.before, a) if difference.before is not None else shown(None)
    after = put(difference.after, b) if difference.after is not None else shown(None)
    says = (sentence or _plainly(difference)).filled(
        kind=kind.title,
        title=_title(kind, id, a, b),
        name=after if difference.after is not None else before,
        path=".".join(difference.path),
        before=before,
        after=after,
    )
    return Change(
        kind.name, id, difference.path, difference.before, difference.after, says, not sentence
    )


def _sentence(phrase: Phrase, difference: Difference) -> Text | None:
    before, after = difference.before, difference.after
    if before in (None, [], False) and phrase.added is not None:
        return phrase.added
    if after in (None, [], False) and phrase.removed is not None:
        return phrase.removed
    if _is_number(before) and _is_number(after):
        grown = phrase.more if after > before else phrase.less
        return grown or phrase.changed
    return phrase.changed


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plainly(difference: Difference) -> Text:
    if not difference.path:
        if difference.before is None:
            return Text(zh="新增{kind}「{title}」。", en="New {kind} “{title}”.")
        return Text(zh="取消{kind}「{title}」。", en="The {kind} “{title}” is gone.")
    if difference.before is None:
        return Text(
            zh="{kind}「{title}」的 {path} 新增：{after}。",
            en="{kind} “{title}”, {path}: new: {after}.",
        )
    if difference.after is None:
        return Text(
            zh="{kind}「{title}」的 {path} 取消：{before}。",
            en="{kind} “{title}”, {path}: gone: {before}.",
        )
    return Text(
        zh="{kind}「{title}」的 {path} 由「{before}」改为「{after}」。",
        en="{kind} “{title}”, {path}: from “{before}” to “{after}”.",
    )


def _title(kind: Kind, id: str, a: Pack, b: Pack) -> Text:
    declaration = b.of_kind(kind.name).get(id) or a.of_kind(kind.name).get(id)
    title = getattr(declaration, "title", None)
    return title if isinstance(title, Text) else Text(zh=id, en=id)
