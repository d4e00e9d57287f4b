"""`{% load ui %}`: icons, fields, components, and how dates, money and names are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from yiwang.ui import formats
from yiwang.ui.fields import Field, Problem, problems
from yiwang.ui.qr import qr_code

register = template.Library()

for _name in (
    "day",
    "short_day",
    "clock",
    "weekday",
    "money",
    "size",
    "masked_name",
    "masked_number",
    "masked_phone",
):
    register.filter(_name, getattr(formats, _name))


@register.filter
def isodate(value: Any) -> str:
    """A date as machines write it (`2026-11-21`); text is left as it is, None is empty."""
    if isinstance(value, datetime):
        value = formats.day_of(value)
    return value.isoformat() if isinstance(value, date) else str(value or "")


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One of the icons of the sprite, hidden from screen readers: words stand beside it."""
    return _drawn(name, css, static("built/icons.svg")) if name else SafeString("")


@lru_cache(maxsize=512)
def _drawn(name: str, css: str, sprite: str) -> SafeString:
    return format_html(
        '<svg class="y-icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        sprite,
        name,
    )


# ---- questions -------------------------------------------------------------------------------


@register.inclusion_tag("ui/fields/field.html")
def field(field: Field) -> dict[str, Any]:
    """One question with label, help, source, error and its control."""
    return {
        "field": field,
        "choices": _choices(field),
        "widget": f"ui/fields/{field.widget}.html",
    }


@register.filter
def shown(field: Field) -> str:
    """The value of a field as a person reads it: titles of codes, dates, money, yes and no."""
    value = field.value
    if value is None or value == "":
        return gettext("Not known")
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, date):
        return formats.day(value)
    if field.type == "money":
        return formats.money(value)
    titles = {str(one.value): str(one.title) for one in field.codes}
    several = value if isinstance(value, (list, tuple)) else [value]
    words = gettext(", ").join(titles.get(str(one), str(one)) for one in several)
    return f"{words} {field.unit}" if field.unit else words


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(what: Sequence[Field | Problem]) -> dict[str, Any]:
    """What is wrong on this page, each line a link to the control; nothing where all is well."""
    lines = [one for one in what if isinstance(one, Problem)]
    return {"problems": lines + problems([one for one in what if isinstance(one, Field)])}


@register.inclusion_tag("ui/components/crumbs.html")
def crumbs(*pairs: Any) -> dict[str, Any]:
    """`{% crumbs "Home" "/" "My matters" "/my/" "This one" %}`: the last has no address."""
    words, addresses = pairs[::2], (*pairs[1::2], "")
    return {"crumbs": list(zip(words, addresses, strict=False))}


@register.inclusion_tag("ui/components/back.html")
def back(url: str, words: Any = "") -> dict[str, Any]:
    """A link one step back."""
    return {"url": url, "words": words or gettext("Back")}


@register.inclusion_tag("ui/components/progress.html")
def progress(number: int, of: int, title: str = "") -> dict[str, Any]:
    """Section `number` of `of`, in words and as a bar."""
    return {"number": number, "of": of, "title": title}


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(rows: Sequence[Any], title: str = "") -> dict[str, Any]:
    """Answers to check, each with its change link (`parts.Row`)."""
    return {"rows": rows, "title": title}


# ---- where a matter stands -------------------------------------------------------------------


@register.inclusion_tag("ui/components/timeline.html")
def timeline(steps: Sequence[Any]) -> dict[str, Any]:
    """Steps of a matter (`parts.Step`): done, now, waiting for the person, next, stopped."""
    return {"steps": steps}


TONES = {
    "neutral": "point",
    "now": "progress",
    "wait": "hand-finger",
    "good": "circle-check",
    "bad": "circle-x",
    "warn": "alert-triangle",
}


@register.inclusion_tag("ui/components/status.html")
def status(words: Any, tone: str = "neutral") -> dict[str, Any]:
    """A status in words, with a shape and a colour: neutral, now, wait, good, warn, bad."""
    return {"words": words, "tone": tone, "icon": TONES[tone]}


URGENT_DAYS = 1
SOON_DAYS = 3


@register.inclusion_tag("ui/components/deadline.html")
def deadline(left: int, due: date | None = None, unit: str = "working") -> dict[str, Any]:
    """Days left in words; colour only when three or fewer are left. `unit`: working, natural."""
    return {
        "words": _left_in_words(left, unit),
        "due": due,
        "tone": "late" if left < 0 else "urgent" if left <= URGENT_DAYS else _soon(left),
    }


@register.simple_tag
def days_left(left: int, unit: str = "working") -> str:
    """Days left in words only: `还剩 3 个工作日`, `3 working days left`."""
    return _left_in_words(left, unit)


@register.inclusion_tag("ui/components/moment.html")
def when(at: datetime | date | None) -> dict[str, Any]:
    """A `<time>` with the moment (or day) as people here write it."""
    return {"at": at, "words": formats.clock(at) if isinstance(at, datetime) else formats.day(at)}


# ---- boxes -----------------------------------------------------------------------------------

NOTICES = {
    "info": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-octagon",
}


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Any = "") -> str:
    """`{% notice "warn" title=… %}…{% endnotice %}`: info, good, warn or bad."""
    return render_to_string(
        "ui/components/notice.html",
        {"content": content, "tone": tone, "title": title, "icon": NOTICES[tone]},
    )


@register.simple_block_tag
def card(content: str, title: Any = "", icon: str = "", url: str = "", css: str = "") -> str:
    """`{% card title=… %}…{% endcard %}`: a card; with `url` its title is a link."""
    return render_to_string(
        "ui/components/card.html",
        {"content": content, "title": title, "icon": icon, "url": url, "css": css},
    )


@register.simple_block_tag
def sent(content: str, title: Any = "", number: str = "") -> str:
    """`{% sent title=… number=… %}…{% endsent %}`: the panel after sending."""
    return render_to_string(
        "ui/components/sent.html", {"content": content, "title": title, "number": number}
    )


@register.simple_block_tag
def empty(content: str, title: Any = "", icon: str = "inbox") -> str:
    """`{% empty title=… icon=… %}what to do{% endempty %}`: nothing is here, and why.

    It may stand in the `{% empty %}` part of a `{% for %}`, not in the part before it.
    """
    return render_to_string(
        "ui/components/empty.html", {"content": content, "title": title, "icon": icon}
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: Any = "") -> str:
    """`{% dialog "id" title=… %}…{% enddialog %}`; a button with `data-opens="id"` opens it."""
    return render_to_string(
        "ui/components/dialog.html", {"content": content, "id": id, "title": title}
    )


@register.simple_block_tag
def table(content: str, caption: Any, css: str = "") -> str:
    """`{% table caption=… %}<thead>…{% endtable %}`: scrolls sideways by touch and keyboard."""
    return render_to_string(
        "ui/components/table.html", {"content": content, "caption": caption, "css": css}
    )


@register.inclusion_tag("ui/components/licence_card.html")
def licence_card(card: Any) -> dict[str, Any]:
    """A licence in the wallet (`parts.Card`)."""
    return {"card": card}


@register.inclusion_tag("ui/components/stat.html")
def stat(value: Any, label: Any, unit: Any = "", note: Any = "") -> dict[str, Any]:
    """One large number with its unit, what it counts, and its age or direction."""
    return {"value": value, "label": label, "unit": unit, "note": note}


@register.inclusion_tag("ui/components/pager.html")
def pager(page: Any) -> dict[str, Any]:
    """Links to the pages of a list (`parts.PageOf`); nothing where there is one page."""
    return {"page": page}


@register.inclusion_tag("ui/components/print_button.html")
def print_button(words: Any = "") -> dict[str, Any]:
    """A button that prints the page; hidden without scripts and on paper."""
    return {"words": words or gettext("Print this page")}


@register.inclusion_tag("ui/components/way_back.html", takes_context=True)
def way_back(context: Any) -> dict[str, Any]:
    """Where this page stands, for paper and for telling others: address, QR code, share button."""
    address = context["request"].build_absolute_uri(context["request"].path)
    return {"address": address, "code": qr_code(address)}


# ---- words -----------------------------------------------------------------------------------


def _left_in_words(left: int, unit: str) -> str:
    if left < 0:
        return _late_in_words(-left, unit)
    if left == 0:
        return gettext("Due today")
    if unit == "working":
        words = ngettext("%(days)d working day left", "%(days)d working days left", left)
    else:
        words = ngettext("%(days)d day left", "%(days)d days left", left)
    return words % {"days": left}


def _late_in_words(late: int, unit: str) -> str:
    if unit == "working":
        words = ngettext("%(days)d working day late", "%(days)d working days late", late)
    else:
        words = ngettext("%(days)d day late", "%(days)d days late", late)
    return words % {"days": late}


def _soon(left: int) -> str:
    return "soon" if left <= SOON_DAYS else "calm"


def _choices(field: Field) -> list[dict[str, Any]]:
    """The choices of a code or yes/no question, each with its id and whether it is chosen."""
    chosen = _chosen(field)
    rows = [(str(one.value), one.title, one.help) for one in field.codes]
    if field.type == "boolean" and not rows:
        rows = [("yes", gettext("Yes"), ""), ("no", gettext("No"), "")]
    return [
        {
            "id": f"{field.id}-{number}",
            "value": value,
            "title": title,
            "help": help,
            "chosen": value in chosen,
        }
        for number, (value, title, help) in enumerate(rows, start=1)
    ]


def _chosen(field: Field) -> set[str]:
    value = field.value
    if value is None:
        return set()
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    if isinstance(value, str):
        return {value}
    return {str(one) for one in value} if field.type == "codes" else {str(value)}
