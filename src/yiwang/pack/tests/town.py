"""A town with four kinds of its own, so that this room is tested without the rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Declaration, Part, Problem, Refers
from yiwang.pack.loader import Loaded
from yiwang.pack.pack import Pack


class Town(Declaration):
    """The town itself."""

    title: Text
    hall: Annotated[str, Refers("office")]


class Opening(Part):
    """When an office is open."""

    day: Literal["monday", "tuesday"]
    hours: Annotated[int, Field(ge=1, le=24)] = 8


class Office(Declaration):
    """Where people go."""

    title: Text
    phone: str
    above: Annotated[str, Refers("office")] | None = None
    openings: tuple[Opening, ...] = ()
    beside: tuple[Annotated[str, Refers("office")], ...] | Literal["*"] = ()
    desks: dict[Annotated[str, Refers("office")], str] = Field(default_factory=dict)
    rate: float | None = None
    from_: Annotated[str | None, Refers("office"), Field(alias="from")] = None


TOWN = "title: {zh: 小镇, en: Town}\nhall: hall\n"
HALL = "title: {zh: 镇公所, en: Town hall}\nphone: 0990\n"


def nobody_calls_twice(pack: Pack) -> Iterable[Problem]:
    seen: set[str] = set()
    for id, office in pack.all(Office).items():
        if office.phone in seen:
            same = Text(zh="电话重复。", en="Two offices have this phone.")
            yield Problem("office", id, ("phone",), same, same, severity="finding", code="phone")
        seen.add(office.phone)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def where(loaded: Loaded) -> list[tuple[str, int, str]]:
    return [(one.file, one.line, one.code) for one in loaded.problems]
