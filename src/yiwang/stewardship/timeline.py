"""The course of a question, as steps of a timeline."""

from __future__ import annotations

from django.utils.translation import gettext

from yiwang.stewardship.models import Concern
from yiwang.ui.parts import Step


def steps_of(concern: Concern) -> list[Step]:
    """Asked, perhaps brought before the head, answered."""
    steps = [Step(gettext("You asked"), "done", at=concern.asked_at)]
    if concern.escalated_at:
        steps.append(
            Step(
                gettext("It was late; the head of the office was told"), "done",
                at=concern.escalated_at,
            )
        )  # fmt: skip
    if concern.is_open:
        steps.append(Step(gettext("The office answers"), "now", due=concern.due_on))
    else:
        steps.append(Step(gettext("The office answered"), "done", at=concern.answered_at))
    return steps
