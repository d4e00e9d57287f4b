"""The face of the city on every page, told by the room that knows the loaded pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yiwang.kernel.words import Text


@dataclass(frozen=True)
class City:
    """What a page says of the city: its name, the title of its service, its hotline.

    `mark` is one character on the seal beside the title.
    """

    name: Text
    title: Text
    mark: str
    hotline: str = ""
    address: Text | None = None


UNNAMED = City(
    name=Text(zh="本市", en="This city"),
    title=Text(zh="一网通办", en="City services"),
    mark="网",
)

_teller: list[Callable[[], City | None]] = []


def provide(teller: Callable[[], City | None]) -> None:
    """Let `teller` say which city this is; called once, in `AppConfig.ready()` of a room above."""
    _teller[:] = [teller]


def city() -> City:
    """The city of the loaded pack; an unnamed one before any pack is loaded."""
    told = _teller[0]() if _teller else None
    return told or UNNAMED
