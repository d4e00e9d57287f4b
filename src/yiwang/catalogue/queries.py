"""Reading the catalogue: the guide to every item of a pack, whoever declares it."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.catalogue.guide import GUIDES, Guide
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack


def guides(pack: Pack) -> Mapping[str, Guide]:
    """Every guide by the id of its item: what can be applied for here first, then what is only
    published. An item that another one implements is left to that one."""
    return pack.memo("catalogue.guides", _guides)


def guide(pack: Pack, id: str) -> Guide:
    """The guide to one item; for an item that another one implements, that one's. NotFound, in
    the person's words, where there is none."""
    all = guides(pack)
    found = all.get(id) or all.get(_stood_for(pack).get(id, ""))
    if found is None:
        raise NotFound(
            Text(
                zh=f"没有找到事项「{id}」。请从目录重新进入。",
                en=f"There is no item “{id}”. Please begin at the catalogue.",
            )
        )
    return found


def _guides(pack: Pack) -> dict[str, Guide]:
    made = [one for _, make in GUIDES.items() for one in make(pack)]
    made.sort(key=lambda one: one.kind != "service")
    stood_for = {one.implements for one in made}
    found: dict[str, Guide] = {}
    for one in made:
        if one.id not in stood_for:
            found.setdefault(one.id, one)
    return found


def _stood_for(pack: Pack) -> Mapping[str, str]:
    return pack.memo("catalogue.stood_for", _implementing)


def _implementing(pack: Pack) -> dict[str, str]:
    return {one.implements: id for id, one in guides(pack).items() if one.implements}
