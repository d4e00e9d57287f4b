"""The forms of a joint review: convening it, giving an opinion, recording the conclusion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from django.utils.translation import gettext, gettext_lazy

from yiwang.cases.forms import LONGEST, Form
from yiwang.cases.states import Reviewed, Stance, Verb
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.ui.fields import Choice, Field

CHOOSE = gettext_lazy("Choose one.")
WHEN = Text(zh="请选日期，时间写成 14:30 这样。", en="Choose a day and write the time like 14:30.")
CLOCK = re.compile("([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")


def convene_form() -> Form:
    """When, where and with which materials."""
    return Form(
        "convene",
        gettext("Convene the joint review"),
        gettext("Call the departments together"),
        (
            Field("day", gettext("Day of the meeting"), "date", minimum=moment.today()),
            Field("time", gettext("Time"), help=gettext("For example 14:30"), longest=5),
            Field("place", gettext("Place, or how to join online"), longest=200),
            Field(
                "materials", gettext("What to look at"), "long_text", required=False,
                longest=LONGEST, help=gettext("Every department concerned reads this."),
            ),
        ),
        about=gettext(
            "Every department concerned gets the task to give its opinion; the applicant is told."
        ),
    )  # fmt: skip


def opine_form() -> Form:
    """Agree, agree under conditions, object."""
    return Form(
        "opine",
        gettext("Your department's opinion"),
        gettext("Give the opinion"),
        (
            Field(
                "stance", gettext("What your department says"), "code",
                codes=tuple(Choice(one.value, str(one.label)) for one in Stance),
            ),
            Field(
                "words", gettext("Conditions or reasons"), "long_text", required=False,
                longest=LONGEST, help=gettext("Needed unless your department simply agrees."),
            ),
        ),
        about=gettext("Every department concerned reads it. It can be given once."),
    )  # fmt: skip


def conclude_form() -> Form:
    """The outcome and the minutes."""
    outcomes = (Reviewed.ADOPTED, Reviewed.CONDITIONS, Reviewed.NOT)
    return Form(
        "conclude",
        gettext("What the joint review concluded"),
        gettext("Record the conclusion"),
        (
            Field(
                "outcome", gettext("Outcome"), "code",
                codes=tuple(Choice(one.value, str(one.label)) for one in outcomes),
            ),
            Field(
                "minutes", gettext("Minutes"), "long_text", longest=LONGEST,
                help=gettext("The departments and the applicant read this word for word."),
            ),
        ),
        about=gettext("From then on the departments decide their items."),
    )  # fmt: skip


def chosen(form: Form, name: str) -> Form:
    """The form with an error where nothing was chosen."""
    return form if form.value(name) else form.wrong({name: CHOOSE})


def meets_at(form: Form) -> datetime:
    """The moment typed, in the city's time. Raises BadInput("day")."""
    clock = CLOCK.fullmatch(form.value("time"))
    try:
        day = date.fromisoformat(form.value("day"))
    except ValueError:
        raise BadInput("day", WHEN) from None
    if clock is None:
        raise BadInput("time", WHEN)
    return datetime.combine(day, time(int(clock[1]), int(clock[2])), moment.CITY_ZONE)


REVIEW_FORMS: Mapping[str, Callable[[], Form]] = {
    Verb.CONVENE: convene_form,
    Verb.OPINE: opine_form,
    Verb.CONCLUDE: conclude_form,
}
