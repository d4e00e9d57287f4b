"""The three ways something does not happen."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.kernel.words import Text


class YiwangError(Exception):
    """What all of ours have in common: a sentence for the person."""

    @property
    def sentence(self) -> str:
        """What happened and what to do, in the language being spoken."""
        return str(self)


class Refusal(YiwangError):
    """A rule or an authority says no; shown in the person's words. Nothing was changed."""

    status = 409

    def __init__(self, text: Text, *, basis: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.basis = basis

    def __str__(self) -> str:
        return str(self.text)


class NotAllowed(Refusal):
    """The one who asks may not do this."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or none this person may know of."""

    status = 404


class BadInput(YiwangError):
    """One field is wrong: which, why, and what to do about it."""

    status = 422

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(field, text)
        self.field = field
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


class BadInputs(YiwangError):
    """Several fields are wrong; all are told at once."""

    status = 422

    def __init__(self, inputs: Sequence[BadInput]) -> None:
        super().__init__(*inputs)
        self.inputs = tuple(inputs)

    def __str__(self) -> str:
        return " ".join(str(one) for one in self.inputs)


class Defect(YiwangError):
    """Ours to mend; logged with an id the person can quote."""

    status = 500
