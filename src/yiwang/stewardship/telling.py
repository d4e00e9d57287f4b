"""What this room says to the one below: lines beside a reading, and its own matters in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from yiwang.kernel.words import Text
from yiwang.registers.followers import Matter
from yiwang.registers.telling import title_of
from yiwang.registers.uses import Use
from yiwang.stewardship.models import Concern
from yiwang.stewardship.queries import concerns_beside
from yiwang.ui.formats import day
from yiwang.ui.parts import Row

QUESTION = Text(zh="答复你对数据查询的疑问", en="answering your question about your data")
OPENED = Text(zh="工作人员打开了你的疑问", en="staff opened your question")


def beside(uses: Sequence[Use], subject: UUID, person: UUID) -> Mapping[UUID, Sequence[Row]]:
    """What the person asked about each reading and was answered; where to ask."""
    asked = concerns_beside([use.act for use in uses], person)
    found: dict[UUID, list[Row]] = {}
    for use in uses:
        rows = [row for one in asked.get(use.act, ()) for row in lines(one)]
        waiting = {one.department for one in asked.get(use.act, ()) if one.is_open}
        if set(use.offices) - waiting:
            rows.append(_ask(use, subject))
        found[use.act] = rows
    return found


def lines(concern: Concern) -> list[Row]:
    """A question and its answer, or by when it comes."""
    there = reverse("stewardship:concern", args=[concern.id])
    if concern.is_open:
        late = gettext("late; the head of the office has been told")
        by = gettext("to be answered by %(day)s") % {"day": day(concern.due_on)}
        state = f"{by} · {late}" if concern.is_late else by
        return [Row(gettext("Your question"), concern.words or _waits(), source=state, url=there)]
    outcome = concern.get_outcome_display()
    return [
        Row(gettext("Your question"), concern.words or _waits(), url=there),
        Row(gettext("The answer"), concern.answer, source=outcome),
    ]


def purpose(recorded: str) -> Text | None:
    """What a look of ours was for."""
    return QUESTION if recorded == "stewardship:concern" else None


def matters(cases: Collection[UUID], person: UUID) -> dict[UUID, Matter]:
    """This person's questions among `cases`."""
    found = Concern.objects.filter(id__in=cases, person=person)
    return {
        one.id: Matter(
            f"{one.asked_at:%m%d}-{str(one.id)[-4:]}", QUESTION,
            reverse("stewardship:concern", args=[one.id]),
        )
        for one in found
    }  # fmt: skip


def _waits() -> str:
    return gettext("Asked without words")


def _ask(use: Use, subject: UUID) -> Row:
    address = f"{reverse('stewardship:ask', args=[use.act])}?for={subject}"
    hidden = format_html('<span class="visually-hidden">: {}</span>', title_of(use))
    words = format_html("{}{}", gettext("Question this"), hidden)
    return Row(gettext("Not clear to you?"), words, url=address)
