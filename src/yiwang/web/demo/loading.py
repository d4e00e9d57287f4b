"""Loading the demo: people first, then their week; each once, and taken up again if broken off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yiwang.cases.models import Case
from yiwang.identity.models import Person
from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import record
from yiwang.ledger.queries import last_act
from yiwang.pack.queries import current
from yiwang.registers.models import Row
from yiwang.web.demo.files import Demo, read
from yiwang.web.demo.history import play
from yiwang.web.demo.rights import exercise_rights
from yiwang.web.demo.settling import BY, PEOPLE_ACT, settle
from yiwang.web.demo.town import build

WEEK_ACT = "demo.week_loaded"
NOT_EMPTY = Text(
    zh="这座城市已经有数据，不再装入演示数据。"
    "要看演示，请用 YIWANG_HOME=… 换一个空文件夹，或换一个空数据库。",
    en="This city has data of its own, so the demo is not loaded. To see it, choose an empty "
    "folder with YIWANG_HOME=…, or an empty database.",
)
UNCHANGED = Text(zh="没有变化", en="unchanged")
PEOPLE = Text(zh="{people} 位居民、{firms} 家企业", en="{people} people, {firms} firms")
WEEK = Text(zh="一周的办件（{count} 件）", en="a week of matters ({count})")
DONE = Text(
    zh="{people} 位居民、{firms} 家企业、{count} 件办件",
    en="{people} people, {firms} firms, {count} matters",
)


def load(
    *, say: Callable[[Text], object] = lambda words: None, demo: Demo | None = None,
    scale: float = 1.0,
) -> Text:  # fmt: skip
    """Load the demo of the setting PACK into an empty city; what was done, in words.

    A second call changes nothing. A call after one that was broken off goes on with the matters
    not begun yet. Raises Refusal where the city holds anything else, or its pack has no demo.
    """
    if last_act(WEEK_ACT) is not None:
        return UNCHANGED
    demo, pack = demo or read(Path(settings.PACK)), current()
    settled = last_act(PEOPLE_ACT)
    if settled is None and not is_empty():
        raise Refusal(NOT_EMPTY)
    now = settled.at if settled else moment.now()
    town = build(demo, pack, on=moment.local(now).date(), scale=scale)
    told = {"people": len(town.people), "firms": len(town.firms)}
    if settled is None:
        say(PEOPLE.filled(**told))
        settle(demo, pack, town)
    told["count"] = sum(entry.count for entry in demo.week.week)
    say(WEEK.filled(**told))
    play(demo, pack, town, until=now, say=say)
    with transaction.atomic():
        exercise_rights(demo, pack, town, until=now)
        record(WEEK_ACT, by=BY, body=told)
    return DONE.filled(**told)


def is_empty() -> bool:
    """Whether nobody lives in the city yet."""
    return not any(model.objects.exists() for model in (Person, Row, Case))
