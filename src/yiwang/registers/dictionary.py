"""The data dictionary of a pack: what elements are to rules, how values are read and written.

Everything other rooms need of elements is here: `parse`, `shown`, `to_json`, `from_json`,
`Bounds` and `intersect` stand in files of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.registers.answers import parse
from yiwang.registers.bounds import Bounds, intersect
from yiwang.registers.declarations import Aggregate, Element
from yiwang.registers.values import from_json, shown, to_json
from yiwang.rules import ElementType, Formula, PartyScope, Scope

__all__ = [
    "Bounds", "aggregated", "derived", "element_type", "from_json", "intersect", "over_this",
    "parse", "scope", "shown", "to_json",
]  # fmt: skip

MATTER = PartyScope(title=Text(zh="本次办理", en="this matter"))
THIS = PartyScope(title=Text(zh="本人", en="this party"))


def element_type(element: Element) -> ElementType:
    """What the rule language knows of an element."""
    return ElementType(
        type=element.type,
        codes=tuple(element.codes),
        title=element.title,
        code_titles=dict(element.codes),
    )


def scope(pack: Pack, parties: Mapping[str, PartyScope]) -> Scope:
    """All elements of the pack, of these parties and of the implicit party `case`."""
    all_parties = {"case": MATTER, **parties}
    key = repr(sorted(all_parties.items(), key=lambda item: item[0]))
    return pack.memo(
        f"registers.scope:{key}", lambda pack: Scope(parties=all_parties, elements=_types(pack))
    )


def derived(pack: Pack) -> Mapping[str, Formula]:
    """Formulas of the elements that have one, by element id, over the party `this`.

    Raises yiwang.rules.RuleFault where one cannot be read; checking a pack tells all of them.
    """
    return pack.memo("registers.derived", _derived)


def aggregated(aggregate: Aggregate, values: Iterable[object | None]) -> object | None:
    """The value over all of a party, given the element's value for each (`count`: anything).

    None is unknown: `any` and `all` are three-valued, the others are unknown if one value is.
    `min` and `max` of nobody are unknown; `sum` of nobody is 0.
    """
    return _TAKE[aggregate.take](list(values))


def _types(pack: Pack) -> Mapping[str, ElementType]:
    return pack.memo(
        "registers.types",
        lambda pack: {id: element_type(one) for id, one in pack.all(Element).items()},
    )


def _derived(pack: Pack) -> Mapping[str, Formula]:
    over = over_this(pack)
    return {
        id: Formula.parse(element.derive, over)
        for id, element in pack.all(Element).items()
        if element.derive
    }


def over_this(pack: Pack) -> Scope:
    """The scope of formulas over one party only, called `this`."""
    return pack.memo("registers.this", lambda p: Scope(parties={"this": THIS}, elements=_types(p)))


def _any(values: list[Any]) -> bool | None:
    return True if True in values else None if None in values else False


def _all(values: list[Any]) -> bool | None:
    return False if False in values else None if None in values else True


def _sum(values: list[Any]) -> int | Decimal | None:
    return None if None in values else sum(values)


def _least(values: list[Any]) -> int | Decimal | date | None:
    return None if None in values or not values else min(values)


def _greatest(values: list[Any]) -> int | Decimal | date | None:
    return None if None in values or not values else max(values)


_TAKE = {
    "count": len, "any": _any, "all": _all, "sum": _sum, "min": _least, "max": _greatest,
}  # fmt: skip
