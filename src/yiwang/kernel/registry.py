"""How a floor looks upward: a small table it owns, filled by the room above."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

V = TypeVar("V")


class Registry(Generic[V]):
    """Names to values; each name is filled once, in `AppConfig.ready()` of the room above."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, V] = {}

    def add(self, name: str, value: V) -> V:
        """Fill `name`; filling it again with another value is a mistake of ours."""
        if self._entries.get(name, value) is not value:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        self._entries[name] = value
        return value

    def __getitem__(self, name: str) -> V:
        try:
            return self._entries[name]
        except KeyError:
            raise KeyError(f"no {self.what} {name!r}; known: {', '.join(self._entries)}") from None

    def get(self, name: str) -> V | None:
        """The value of `name`, or None where nobody filled it."""
        return self._entries.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def items(self) -> list[tuple[str, V]]:
        """All entries in the order they were filled."""
        return list(self._entries.items())
