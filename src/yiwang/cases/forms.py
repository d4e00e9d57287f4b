"""The forms of the desk: what a clerk writes or chooses before a verb is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from yiwang.cases.models import Task
from yiwang.cases.panels import Askable, Ground, Panel
from yiwang.cases.queries import colleagues
from yiwang.identity.models import Staff
from yiwang.kernel.errors import BadInput, BadInputs
from yiwang.ui.fields import Choice, Field, Words

WRITE_REASONS = gettext_lazy("Write the reasons, so that the applicant understands them.")
CHOOSE_GROUND = gettext_lazy("Choose the condition that is not met.")
LONGEST = 2000


@dataclass(frozen=True)
class Form:
    """One verb about to be done. `preview` is what the applicant will read, `seen` the digest of
    the preview that was shown; both empty before the first look."""

    verb: str
    title: str
    button: str
    fields: tuple[Field, ...]
    about: str = ""
    danger: bool = False
    preview: str = ""
    seen: str = ""

    @property
    def path(self) -> str:
        """The last part of the address it is sent to."""
        return self.verb.replace("_", "-")

    @property
    def alone(self) -> bool:
        """Whether it is all there is to do on its task, so that it is open from the beginning."""
        return self.verb in ("verify", "make_good", "convene", "opine", "conclude")

    @property
    def previews(self) -> bool:
        """Whether the applicant's message is looked at before it goes out."""
        return self.verb in ("ask", "refuse", "not_accept")

    def typed(self, data: QueryDict) -> Form:
        """The same form with what was typed."""
        return replace(self, fields=tuple(_typed(field, data) for field in self.fields))

    def wrong(self, errors: Mapping[str, Words]) -> Form:
        """The same form telling what is wrong, field by field."""
        return replace(
            self,
            fields=tuple(
                field.with_error(errors[field.name]) if field.name in errors else field
                for field in self.fields
            ),
        )

    def value(self, name: str) -> str:
        """What was typed into a field, without spaces around it."""
        return next((str(f.value or "").strip() for f in self.fields if f.name == name), "")

    def chosen(self, *names: str) -> list[str]:
        """What was ticked in these fields."""
        found = [f.value or () for f in self.fields if f.name in names]
        return [str(one) for several in found for one in several]


def errors_of(error: BadInput | BadInputs) -> dict[str, Words]:
    """Wrong fields and what is wrong with them."""
    inputs = error.inputs if isinstance(error, BadInputs) else (error,)
    return {one.field: one.text for one in inputs}


def ask_form(panel: Panel) -> Form:
    """What to ask the applicant for, and in which words."""
    suggested = [one for one in panel.asks if one.suggested]
    others = [one for one in panel.asks if not one.suggested]
    fields = (
        _ticks("asks", gettext("Missing or uncertain"), suggested, ticked=True),
        _ticks("more", gettext("Other things you may ask for"), others, ticked=False),
        Field(
            "note", gettext("What to give, and how"), "long_text", longest=LONGEST,
            help=gettext("The applicant reads this word for word. Ask for everything at once."),
        ),
    )  # fmt: skip
    return Form(
        "ask",
        gettext("Ask for more"),
        gettext("Send the request"),
        tuple(field for field in fields if field.type != "codes" or field.codes),
        about=gettext("The limits stand still until the applicant has given it."),
    )


def refuse_form(panel: Panel, *, verb: str) -> Form:
    """On which conditions, and for which reasons. `verb`: refuse or not_accept."""
    refusing = verb == "refuse"
    return Form(
        verb,
        gettext("Refuse") if refusing else gettext("Refuse to accept"),
        gettext("Refuse now") if refusing else gettext("Refuse to accept now"),
        (
            Field(
                "grounds", gettext("Which condition is not met"), "codes",
                codes=tuple(_ground(one) for one in panel.grounds),
                value=[one.id for one in panel.grounds if one.met is False], required=refusing,
            ),
            Field(
                "reasons", gettext("Reasons"), "long_text", longest=LONGEST,
                help=gettext("Say what was found and what would have to be different."),
            ),
        ),
        about=gettext("The applicant is told at once, with the way to object."),
        danger=True,
    )  # fmt: skip


def hand_over_form(task: Task, staff: Staff) -> Form:
    """To whom, and in which words."""
    people = tuple(Choice(str(one.id), one.name) for one in colleagues(task, staff))
    return Form(
        "hand_over",
        gettext("Hand over"),
        gettext("Hand over now"),
        (
            Field("to", gettext("To which colleague"), "code", codes=people),
            Field("words", gettext("Note to them"), "long_text", required=False, longest=LONGEST),
        ),
    )


def words_form(verb: str) -> Form:
    """A form of one text: checking a late answer (`verify`), making good (`make_good`)."""
    if verb == "verify":
        label, button = gettext("What came of it"), gettext("Checked")
        title, about = gettext("Check a late answer"), gettext("Nothing is revoked by itself.")
    else:
        label, button = gettext("What was done about it"), gettext("Send the answer")
        title = gettext("Make good")
        about = gettext("The applicant reads this word for word.")
    return Form(
        verb, title, button, (Field("words", label, "long_text", longest=LONGEST),), about=about
    )


def grant_form(panel: Panel) -> Form:
    """The values stated with a grant, prefilled; reasons where a condition is not met."""
    fields = list(panel.fills)
    if unmet(panel):
        label = gettext("Why it is granted although a condition is not met or not known")
        fields.append(Field("reasons", label, "long_text", longest=LONGEST))
    return Form("grant", gettext("Grant"), gettext("Grant"), tuple(fields))


def unmet(panel: Panel) -> list[Ground]:
    """Conditions that are not known to be met."""
    return [one for one in panel.grounds if one.met is not True]


def need(form: Form, *names: str) -> Form:
    """The form with an error at each of these fields that was left empty."""
    empty = {
        "grounds": CHOOSE_GROUND,
        "to": gettext_lazy("Choose a colleague."),
    }
    wrong = {name: empty.get(name, WRITE_REASONS) for name in names if not _given(form, name)}
    return form.wrong(wrong)


def _given(form: Form, name: str) -> bool:
    there = [field for field in form.fields if field.name == name]
    return not there or bool(form.chosen(name) if there[0].type == "codes" else form.value(name))


def _ticks(name: str, label: str, asks: Sequence[Askable], *, ticked: bool) -> Field:
    codes = tuple(Choice(one.name, one.title, one.why) for one in asks)
    value = [one.name for one in asks] if ticked else []
    return Field(name, label, "codes", codes=codes, value=value, required=False)


def _ground(one: Ground) -> Choice:
    state = {True: gettext("met"), False: gettext("not met"), None: gettext("not known")}[one.met]
    return Choice(one.id, str(one.title), f"{state} · {one.basis}")


def _typed(field: Field, data: QueryDict) -> Field:
    if field.type == "codes":
        known = {str(one.value) for one in field.codes}
        return replace(field, value=[v for v in data.getlist(field.name) if v in known])
    if field.name not in data:
        return field
    if field.type == "code" and data[field.name] not in {str(one.value) for one in field.codes}:
        return replace(field, value="")
    return field.typed(data)
