"""What an act is made of, and its digest. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from yiwang.kernel.canonical import canonical, digest

SALT = 16  # bytes
VERSION = 2
"""In version 1 the body was salted with the act's own salt, which stays when the body is erased;
since 2 it has a salt that is encrypted with it and goes with the key."""

ActorKind = Literal["person", "staff", "rule", "job", "operator"]


@dataclass(frozen=True)
class Actor:
    """Who does something: a person or member of staff by id, a rule by `pack:item`, a job by name.

    `department` is the office for which a member of staff (or a rule) acts.
    """

    kind: ActorKind
    id: str
    department: str = ""


@dataclass(frozen=True)
class Change:
    """A row an act changed: digests of its values before and after (empty: not there)."""

    table: str
    id: str
    before: str
    after: str

    @classmethod
    def of(cls, table: str, id: object, *, before: object = None, after: object = None) -> Change:
        """A change from one value to another; None where the row was not there."""
        return cls(
            table,
            str(id),
            "" if before is None else digest(before),
            "" if after is None else digest(after),
        )

    def plain(self) -> list[str]:
        """The change as it is stored and digested."""
        return [self.table, self.id, self.before, self.after]


@dataclass(frozen=True)
class Deed:
    """An act about to be recorded. `body` is what only those concerned may read again."""

    what: str
    by: Actor
    about: Iterable[UUID] = ()
    case: UUID | None = None
    root: UUID | None = None
    purpose: str = ""
    basis: str = ""
    changes: Iterable[Change] = ()
    body: Mapping[str, Any] = field(default_factory=dict)


def salted(salt: bytes, value: bytes) -> str:
    """SHA-256 of salt and value, in hexadecimal: tells nothing without the salt."""
    return hashlib.sha256(salt + value).hexdigest()


def leaf_of(plain: Mapping[str, Any], *, subjects: Sequence[str], body: str) -> bytes:
    """The 32 bytes that stand for an act in the log.

    `plain` holds the columns anyone may see; subjects and body enter as salted digests, so an act
    can be proven without telling whom it concerns, and still after its body was erased.
    """
    whole = {**plain, "subjects": list(subjects), "body": body}
    return hashlib.sha256(canonical(whole)).digest()
