"""Where in the city: districts hold streets, streets communities, communities grid cells."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.identity.declarations import Division, Level
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack


def division_path(pack: Pack, id: str) -> list[Division]:
    """The divisions from the city down to this one. Raises NotFound for an unknown id."""
    path = [pack.get(Division, id)]
    while path[0].parent is not None:
        path.insert(0, pack.get(Division, path[0].parent))
    return path


def division_title(pack: Pack, id: str) -> Text:
    """The whole place in words, below the city: `区和街道连写`, `Street, District` in English."""
    path = division_path(pack, id)
    below = path[1:] or path
    return Text(
        zh="".join(one.title.zh for one in below),
        en=", ".join(one.title.en for one in reversed(below)),
    )


def children_of(pack: Pack, id: str) -> list[Division]:
    """The divisions directly inside this one, in the order they are declared."""
    inside = pack.memo("identity.division_children", _children)
    return [pack.get(Division, child) for child in inside.get(id, ())]


def division_within(pack: Pack, id: str, outer: str) -> bool:
    """Whether `id` is `outer` or lies inside it."""
    return any(one.id == outer for one in division_path(pack, id))


def division_at(pack: Pack, id: str, level: Level) -> Division | None:
    """The division of this level that holds `id`; None where `id` stands above it."""
    return next((one for one in division_path(pack, id) if one.level == level), None)


def divisions_of(pack: Pack, level: Level) -> list[Division]:
    """Every division of this level, in the order they are declared."""
    return [one for one in pack.all(Division).values() if one.level == level]


def _children(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in pack.all(Division).values():
        if one.parent is not None:
            found[one.parent] = (*found.get(one.parent, ()), one.id)
    return found
