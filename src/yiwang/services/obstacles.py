"""The kind `obstacle`: a clause that forbids or slows doing an item online (法规清理).

Which items it touches is declared; how many items and people it costs is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Basis, Declaration, Kind, Problem, Refers
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Material, Service

Demand = Literal[
    "in-person", "original", "paper", "wet-signature", "seal", "notarisation", "public-notice"
]
Level = Literal["nation", "province", "city", "department"]
State = Literal["found", "proposed", "accepted", "changed", "kept"]


class Obstacle(Declaration):
    """A clause that stands in the way of doing something online, and who could change it."""

    title: Text
    """What it forbids or demands, in one sentence."""
    law: Basis
    """The clause: law and article, and what it says."""
    demands: tuple[Demand, ...] = Field(min_length=1)
    """What it asks for that a screen cannot give."""
    items: tuple[Annotated[str, Refers("service")], ...] = ()
    """The items it touches that can be applied for here."""
    published: tuple[Annotated[str, Refers("catalogue-item")], ...] = ()
    """The items it touches that are only published."""
    step: Text
    """Where in the procedure it bites, and what it means for whoever applies."""
    level: Level
    """How high it was made; the higher, the longer the way to change it."""
    changed_by: Text
    """Who can change it."""
    since: date
    """Since when it stands in this list."""
    proposal: Text
    """What it should say instead."""
    state: State = "found"
    """How far the change is: found, proposed, accepted, changed, or kept for a reason."""
    reason: Text | None = None
    """Why it is kept, where it is; or what was answered."""

    @property
    def touches(self) -> tuple[str, ...]:
        """Every item it stands in the way of."""
        return (*self.items, *self.published)


def declare_kind() -> None:
    """Make the kind known, with its checks."""
    if "obstacle" not in KINDS:
        title = Text(zh="法规障碍", en="obstacle in the law")
        KINDS.add("obstacle", Kind("obstacle", "obstacles", Obstacle, title, check_obstacles))


def standing(pack: Pack) -> tuple[Obstacle, ...]:
    """Those that still stand: everything not changed yet, in the order declared."""
    return tuple(one for one in pack.all(Obstacle).values() if one.state != "changed")


def obstacles_of(pack: Pack, item: str) -> tuple[Obstacle, ...]:
    """The clauses that stand in the way of this item."""
    return pack.memo("obstacles by item", _by_item).get(item, ())


def _by_item(pack: Pack) -> Mapping[str, tuple[Obstacle, ...]]:
    found: dict[str, tuple[Obstacle, ...]] = {}
    for one in standing(pack):
        for item in one.touches:
            found[item] = (*found.get(item, ()), one)
    return found


def is_paper_only(material: Material) -> bool:
    """Whether neither a licence nor a file will do: it must be brought."""
    return material.licence is None and material.upload is None


def check_obstacles(pack: Pack) -> Iterator[Problem]:
    """An item one must come for, or bring paper to, names the clause that demands it; one that
    is kept says why."""
    for service in pack.all(Service).values():
        if not obstacles_of(pack, service.id):
            yield from (_unnamed(service, path) for path in _in_person(service))
    for one in pack.all(Obstacle).values():
        if not one.touches:
            yield _idle(one)
        if one.state == "kept" and one.reason is None:
            yield _unreasoned(one)


def _in_person(service: Service) -> Iterator[tuple[str | int, ...]]:
    """Where the item asks for what a screen cannot give."""
    if service.visits:
        yield ("visits",)
    for n, material in enumerate(service.materials):
        if is_paper_only(material):
            yield ("materials", n)


def _unnamed(service: Service, path: tuple[str | int, ...]) -> Problem:
    why = path[0] == "visits"
    return Problem(
        kind="service", id=service.id, path=path, code="no-obstacle", severity="finding",
        what=Text(
            zh="要到现场办，却没有写明是哪条规定要求的。" if why
            else "只收纸质材料，却没有写明是哪条规定要求的。",
            en="People must come in person, and no clause is named that demands it." if why
            else "Only paper will do, and no clause is named that demands it.",
        ),
        remedy=Text(
            zh="在 obstacles 里写明是哪部法的哪一条、谁能改；没有这样的规定，就取消这个要求。",
            en="Declare the clause under obstacles, and who can change it; where there is none, "
            "drop the demand.",
        ),
    )  # fmt: skip


def _idle(one: Obstacle) -> Problem:
    return Problem(
        kind="obstacle", id=one.id, path=(), code="touches-nothing",
        what=Text(zh="没有写明妨碍哪些事项。", en="It names no item that it stands in the way of."),
        remedy=Text(zh="在 items 或 published 里写上。", en="Name them under items or published."),
    )  # fmt: skip


def _unreasoned(one: Obstacle) -> Problem:
    return Problem(
        kind="obstacle", id=one.id, path=("state",), code="kept-without-reason",
        severity="finding",
        what=Text(zh="决定保留，却没有写理由。", en="It is kept, and no reason is given."),
        remedy=Text(zh="在 reason 里写明为什么保留。", en="Say under reason why it is kept."),
    )  # fmt: skip
