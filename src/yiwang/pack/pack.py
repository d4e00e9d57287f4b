"""A pack in memory: every declaration of a city, by kind and id, under one content hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Declaration

T = TypeVar("T")
D = TypeVar("D", bound=Declaration)


class Pack:
    """What a city declared, read-only.

    `hash` is the SHA-256 of the canonical content, in hexadecimal: the version a case pins.
    """

    def __init__(self, declarations: Mapping[str, Mapping[str, Declaration]], hash: str) -> None:
        self._declarations = {kind: dict(declarations.get(kind, {})) for kind in KINDS}
        self.hash = hash
        self._memo: dict[str, object] = {}

    def all(self, model: type[D]) -> Mapping[str, D]:
        """Every declaration of the kind with this model, by id, in file order."""
        return cast(Mapping[str, D], self._declarations[_kind_of(model)])

    def of_kind(self, name: str) -> Mapping[str, Declaration]:
        """Every declaration of the kind of this name, by id, in file order."""
        return self._declarations[name]

    def get(self, model: type[D], id: str) -> D:
        """One declaration; NotFound, in the person's words, where there is none."""
        found = self.all(model).get(id)
        if found is None:
            kind = KINDS[_kind_of(model)]
            raise NotFound(
                Text(
                    zh=f"没有找到{kind.title.zh}「{id}」。请从目录重新进入。",
                    en=f"There is no {kind.title.en} “{id}”. Please begin at the catalogue.",
                )
            )
        return found

    def only(self, model: type[D]) -> D:
        """The declaration of a kind that has exactly one (the city)."""
        return next(iter(self.all(model).values()))

    def memo(self, name: str, make: Callable[[Pack], T]) -> T:
        """What `make` works out from this pack, worked out once and kept with it."""
        if name not in self._memo:
            self._memo[name] = make(self)
        return cast(T, self._memo[name])


def _kind_of(model: type[Declaration]) -> str:
    for name, kind in KINDS.items():
        if kind.model is model:
            return name
    raise KeyError(f"no pack kind is declared with {model.__name__}")
