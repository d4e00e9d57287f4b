"""What licence kinds must satisfy beyond their shape. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem
from yiwang.pack.pack import Pack

if TYPE_CHECKING:
    from yiwang.licences.declarations import LicenceKind

_FILLED = {"year": 2026, "region": "990100", "serial": 1}


def licence_kinds(pack: Pack) -> Iterator[Problem]:
    """Numbers can be made, and each field stands once."""
    for one in cast("Mapping[str, LicenceKind]", pack.of_kind("licence-kind")).values():
        wrong = _number_fault(one.number)
        if wrong is not None:
            yield Problem(
                "licence-kind",
                one.id,
                ("number",),
                wrong,
                Text(
                    zh="可用 {year}、{region}、{serial:06}，如 JC{year}{serial:06}。",
                    en="Use {year}, {region} and {serial:06}, such as JC{year}{serial:06}.",
                ),
                code="number",
            )
        for n, field in enumerate(one.fields):
            if field in one.fields[:n]:
                yield Problem(
                    "licence-kind",
                    one.id,
                    ("fields", n),
                    Text(zh=f"「{field}」写了两次。", en=f"“{field}” is listed twice."),
                    Text(zh="删掉一处。", en="Drop one."),
                    code="field-twice",
                )


def _number_fault(pattern: str) -> Text | None:
    """What keeps a number from being made of `pattern`."""
    try:
        pattern.format(**_FILLED)
    except (KeyError, ValueError, IndexError, AttributeError) as fault:
        return Text(zh=f"编号规则用不了：{fault}。", en=f"The number cannot be made: {fault}.")
    return None
