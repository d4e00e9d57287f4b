"""Walking declared types: which names lead where, and which fields a place may have."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from yiwang.pack.declaration import Refers

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Reference:
    """A place in a declaration that names a declaration of `kind`."""

    kind: str
    id: str
    place: Place


def references(declaration: BaseModel) -> Iterator[Reference]:
    """Every name in `declaration` that its type says leads to another declaration."""
    yield from _in_model(declaration, ())


@cache
def fields(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model under the names files use for them."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def annotation(info: FieldInfo) -> Any:
    """A field's type with its `Refers` back where it was written."""
    given: Any = info.annotation
    for mark in info.metadata:
        if isinstance(mark, Refers):
            given = Annotated[given, mark]
    return given


def options(declared: Any) -> list[Any]:
    """The single types a value of this declared type may have (unions opened, marks dropped)."""
    if get_origin(declared) is Annotated:
        return options(get_args(declared)[0])
    if get_origin(declared) in (Union, types.UnionType):
        return [one for part in get_args(declared) for one in options(part)]
    return [declared]


def models_at(model: type[BaseModel], place: Place) -> list[type[BaseModel]]:
    """The models whose fields may stand at `place` of a declaration of `model`."""
    here: list[Any] = [model]
    for step in place:
        here = [one for declared in here for one in _inside(declared, step)]
    return [one for one in here if _is_model(one)]


def _inside(declared: Any, step: str | int) -> list[Any]:
    if _is_model(declared):
        info = fields(declared).get(str(step))
        return options(annotation(info)) if info else []
    origin, parts = get_origin(declared), get_args(declared)
    if origin in (tuple, list) and isinstance(step, int):
        return options(parts[0])
    if origin is dict and isinstance(step, str):
        return options(parts[1])
    return []


def _is_model(declared: Any) -> bool:
    return isinstance(declared, type) and issubclass(declared, BaseModel)


def _in_model(value: BaseModel, place: Place) -> Iterator[Reference]:
    for name, info in fields(type(value)).items():
        declared = annotation(info)
        if _leads(declared):
            attribute = _attribute(type(value), name)
            yield from _in(getattr(value, attribute), declared, (*place, name))


@cache
def _attribute(model: type[BaseModel], name: str) -> str:
    return next(
        attribute
        for attribute, info in model.model_fields.items()
        if (info.alias or attribute) == name
    )


def _in(value: object, declared: Any, place: Place) -> Iterator[Reference]:
    origin = get_origin(declared)
    if origin is Annotated:
        yield from _in_marked(value, declared, place)
    elif origin in (Union, types.UnionType):
        fitting = next((one for one in get_args(declared) if _fits(value, one)), None)
        if fitting is not None:
            yield from _in(value, fitting, place)
    elif isinstance(value, BaseModel):
        yield from _in_model(value, place)
    elif isinstance(value, tuple | list) and get_args(declared):
        for n, one in enumerate(value):
            yield from _in(one, get_args(declared)[0], (*place, n))
    elif isinstance(value, dict) and get_args(declared):
        yield from _in_table(value, declared, place)


def _in_marked(value: object, declared: Any, place: Place) -> Iterator[Reference]:
    inner, *marks = get_args(declared)
    for mark in marks:
        if isinstance(mark, Refers) and isinstance(value, str):
            yield Reference(mark.kind, value, place)
    yield from _in(value, inner, place)


def _in_table(value: dict[str, object], declared: Any, place: Place) -> Iterator[Reference]:
    of_key, of_value = get_args(declared)
    for key, one in value.items():
        yield from _in(key, of_key, (*place, key))
        yield from _in(one, of_value, (*place, key))


def _fits(value: object, declared: Any) -> bool:
    """Whether a checked value is of this member of a union."""
    origin = get_origin(declared)
    if origin is Annotated:
        return _fits(value, get_args(declared)[0])
    if origin is Literal:
        return value in get_args(declared)
    if declared is None or declared is type(None):
        return value is None
    return isinstance(value, origin or declared)


@cache
def _leads(declared: Any) -> bool:
    """Whether a value of this type can hold a reference anywhere."""
    if get_origin(declared) is Annotated:
        inner, *marks = get_args(declared)
        return any(isinstance(mark, Refers) for mark in marks) or _leads(inner)
    if _is_model(declared):
        return any(_leads(annotation(info)) for info in fields(declared).values())
    if get_origin(declared) is Literal:
        return False
    return any(_leads(part) for part in get_args(declared) if part is not Ellipsis)
