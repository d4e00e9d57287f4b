"""A reading in words for its person: its heading, its lines, what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from yiwang.kernel.words import Text, spoken
from yiwang.registers.uses import Use
from yiwang.ui.formats import clock
from yiwang.ui.parts import Row


def states() -> dict[str, str]:
    """What came of a read, in words."""
    return {
        "answered": gettext("Found and used"),
        "none": gettext("Nothing was found about you"),
        "asked": gettext("Asked; no answer has come yet"),
        "failed": gettext("The other system gave no answer; nothing was passed on"),
    }


def title_of(use: Use) -> str:
    """A reading in one line: who read what."""
    if use.looked:
        return gettext("%(departments)s: %(looked)s") % {
            "departments": joined(use.departments),
            "looked": use.looked,
        }
    return gettext("%(register)s, read for %(departments)s") % {
        "register": use.register,
        "departments": joined(use.departments),
    }


def rows_of(use: Use) -> list[Row]:
    """A reading in full: when, what for, in which matter, which fields, on which law, its proof."""
    rows = [
        Row(gettext("When"), clock(use.at)),
        Row(gettext("What for"), use.purpose or gettext("to work on it"), source=_matter(use)),
        Row(gettext("Which of your data"), joined(use.fields)),
        Row(gettext("On which law"), use.basis),
    ]
    proof = reverse("ledger:my_act", args=[use.act])
    rows.append(Row(gettext("Proof"), gettext("that this was recorded"), url=proof))
    if use.state != "answered":
        rows.append(Row(gettext("What came of it"), states()[use.state]))
    return [row for row in rows if row.value]


def _matter(use: Use) -> str:
    if use.matter is None:
        return (
            gettext("while you were filling in a form")
            if use.by_themselves
            else gettext("in a matter of somebody else that also concerns you")
        )
    number = gettext("matter %(number)s") % {"number": use.matter.number}
    if not use.matter.url:
        return number
    return format_html('<a href="{}">{}</a>', use.matter.url, number)


def joined(words: Iterable[Text]) -> str:
    """Several names in one line."""
    return ("、" if spoken() == "zh" else ", ").join(str(one) for one in words)
