"""What every declaration is made of: its base class, references, problems, and the kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from yiwang.kernel.registry import Registry
from yiwang.kernel.words import Text

if TYPE_CHECKING:
    from yiwang.pack.pack import Pack

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Severity = Literal["error", "finding"]


@dataclass(frozen=True)
class Refers:
    """Marks a field (or the items or keys of one) that names a declaration of another kind.

    Use it inside Annotated: `department: Annotated[str, Refers("department")]`.
    """

    kind: str


class Part(BaseModel):
    """A piece of a declaration: unknown fields are errors, values do not change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )


class Declaration(Part):
    """One thing a city declares. Its `id` is unique among its kind."""

    id: Id
    """What others call it by. A file of one declaration need not say it: it is the file's name."""


class Basis(Part):
    """Where the law says so."""

    law: Text
    """The law, regulation or announcement by its full name, without 《》."""
    article: str = ""
    """The article, as it is cited: 第十六条."""
    says: Text | None = None
    """What it says, in plain words."""

    def __str__(self) -> str:
        return f"{self.law}{self.article}"


class Limit(Part):
    """A number of days in which something must be done."""

    days: Annotated[int, Field(ge=0, le=3650)]
    """How many days; 0 is the same day."""
    count: Literal["working", "natural"] = "working"
    """Working days by the city's calendar, or every day."""
    basis: Basis | None = None
    """The law that sets the limit."""


class Extension(Part):
    """By how much a limit may be made longer, once, with reasons the applicant is told.

    Who may do it is the head of the deciding (or leading) department; where the law wants somebody
    above, `approved_by` names them and the approval is cited with the extension.
    """

    days: Annotated[int, Field(ge=1, le=365)]
    """How many days more, at most and at once."""
    count: Literal["working", "natural"] = "working"
    """Working days by the city's calendar, or every day."""
    basis: Basis
    """The law that allows it."""
    approved_by: Text | None = None
    """Whose approval the law wants, where it is not the head of the department."""


@dataclass(frozen=True)
class Problem:
    """Something wrong in a pack: where, what, and what to write instead.

    `path` leads into the declaration (`("limits", "promised", "days")`); the loader turns it into
    a line. Errors block loading, findings do not.
    """

    kind: str
    id: str
    path: tuple[str | int, ...]
    what: Text
    remedy: Text
    severity: Severity = "error"
    code: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Kind:
    """A kind of declaration: the folder its files lie in, its shape, and its own checks.

    A file of the folder holds one declaration (a mapping; `id` defaults to the file's name) or
    several (a list). `check` sees the whole pack, whose references are sound by then.
    """

    name: str
    folder: str
    model: type[Declaration]
    title: Text
    check: Callable[[Pack], Iterable[Problem]] | None = None
    single: bool = False
    examples: Mapping[str, str] = field(default_factory=dict)


KINDS: Registry[Kind] = Registry("pack kind")
