"""What a kind of case adds to the universal verbs, filled in by the room that owns the kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import UUID

from yiwang.cases.models import Case
from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.pack.declaration import Extension, Limit

Due = Literal["on-acceptance", "before-issue"]
"""When something has to be paid: once accepted, or once granted and before the result is given."""


@dataclass(frozen=True)
class Terms:
    """Under what terms a case is handled: by whom, in which steps, within which limits, and by
    how much the limit may be made longer (None: not at all)."""

    title: Text
    department: str
    steps: tuple[str, ...]
    promised: Limit
    statutory: Limit
    basis: str
    appeal: Text
    extension: Extension | None = None


@dataclass(frozen=True)
class Granted:
    """What a grant gave: the values judged and stated, and words for the person."""

    facts: Mapping[str, Any]
    conditions: list[dict[str, Any]]
    fills: Mapping[str, Any]
    gives: Text


class Procedure(Protocol):
    """The part of a case's life that differs from kind to kind."""

    def title(self, case: Case) -> Text:
        """What the matter is called."""
        ...

    def terms(self, case: Case) -> Terms:
        """Steps and limits, from the pack version the case pinned."""
        ...

    def judged(self, case: Case) -> Granted:
        """The facts and conditions as they stand now, nothing written."""
        ...

    def granted(self, case: Case, *, fills: Mapping[str, str], by: Actor) -> Granted:
        """Write what the grant gives, inside the transaction of the decision."""
        ...

    def bill(
        self, case: Case, *, due: Due, fills: Mapping[str, str] | None, by: Actor
    ) -> Sequence[UUID]:
        """Make due what has to be paid by this point, each thing once; who still has to pay.

        `fills` are the values stated with a grant, as typed; None: as their formulas propose.
        """
        ...

    def resumed(self, case: Case, *, by: Actor) -> None:
        """Everything is paid and the case is with its office again; the root is locked."""
        ...

    def ended(self, case: Case, *, by: Actor) -> None:
        """The case is over, inside the same transaction; the root is locked."""
        ...

    def go_on(self, root: Case, *, by: Actor) -> None:
        """Something of this root ended or was agreed to: let what waited begin, inside the same
        transaction; the root is locked."""
        ...


PROCEDURES: Registry[Procedure] = Registry("procedure")
"""Kind of a case → its procedure."""


def procedure_of(case: Case) -> Procedure:
    """The procedure of a case."""
    return PROCEDURES[case.kind]
