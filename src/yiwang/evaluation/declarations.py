"""The kind this room owns: target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Basis, Declaration, Kind, Part, Problem, Refers
from yiwang.pack.pack import Pack


class Measured(Part):
    """A bundle or an item whose matters are measured: exactly one of the two."""

    bundle: Annotated[str, Refers("bundle")] | None = None
    """The bundle."""
    service: Annotated[str, Refers("service")] | None = None
    """The item."""

    @property
    def what(self) -> str:
        """Its name as acts keep it: `bundle:newborn`."""
        return f"bundle:{self.bundle}" if self.bundle else f"service:{self.service}"


class Target(Declaration):
    """A number of days a city is held to (营商环境), measured on its real matters.

    What is measured one after the other (the stages of a permit) is added up.
    """

    title: Text
    """What is to be done in this time."""
    days: Annotated[int, Field(ge=0, le=3650)]
    """In how many days."""
    count: Literal["working", "natural"] = "working"
    """Working days by the city's calendar, or every day."""
    measures: tuple[Measured, ...] = Field(min_length=1)
    """What is measured, one after the other."""
    basis: Basis
    """Who set the target, and where."""


def check(pack: Pack) -> Iterator[Problem]:
    """Each measure names one thing."""
    for target in pack.all(Target).values():
        for n, one in enumerate(target.measures):
            if bool(one.bundle) == bool(one.service):
                yield Problem(
                    "target", target.id, ("measures", n),
                    Text(
                        zh="这里要写一个一件事或者一个事项。",
                        en="One bundle or one item is measured here.",
                    ),
                    Text(
                        zh="写 bundle 或 service，只写一个。",
                        en="Write bundle or service, one of them.",
                    ),
                    code="measures-one",
                )  # fmt: skip


KINDS.add("target", Kind("target", "targets", Target, Text(zh="营商环境目标", en="target"), check))
