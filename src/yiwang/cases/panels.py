"""What a kind of case adds to the task page, filled in by the room that owns the kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from yiwang.cases.models import Case, Task
from yiwang.identity.models import Staff
from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.ui.fields import Field


@dataclass(frozen=True)
class Askable:
    """Something an applicant can be asked for: `name` as `cases.actions.ask_more` takes it.

    `suggested`: it is missing or uncertain, so it is ticked beforehand; `why` says so in words.
    """

    name: str
    title: str
    why: str = ""
    suggested: bool = False


@dataclass(frozen=True)
class Ground:
    """A condition a refusal may name, with the law that demands it. `met` None: unknown."""

    id: str
    title: Text
    basis: Text
    met: bool | None


@dataclass(frozen=True)
class Panel:
    """One case as its kind explains it to the office.

    `template` draws `context`. `people` are those whose data it shows. `why` says, most important
    first, why a person has to look at it; `laws` the laws it is decided by. `fills` are the fields
    stated with a grant, `gives` what a grant does, one sentence each.
    """

    template: str
    context: Mapping[str, Any]
    subject: str = ""
    people: frozenset[UUID] = frozenset()
    why: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    asks: tuple[Askable, ...] = ()
    grounds: tuple[Ground, ...] = ()
    fills: tuple[Field, ...] = field(default=())
    gives: tuple[str, ...] = ()


PanelOf = Callable[[Case, Task | None, Staff], Panel]
PANELS: Registry[PanelOf] = Registry("panel of the desk")
"""Kind of a case → what its task page shows, limited to what this member of staff may see."""


def panel_of(case: Case, task: Task | None, staff: Staff) -> Panel | None:
    """The panel of a case; None where its kind has none."""
    make = PANELS.get(case.kind)
    return make(case, task, staff) if make else None
