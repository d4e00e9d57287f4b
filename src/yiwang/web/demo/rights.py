"""Questions people asked in the demo's days, and departments' requests: by the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from yiwang.cases.calendar import work_calendar
from yiwang.identity.models import Person, Staff
from yiwang.identity.permissions import holds
from yiwang.identity.queries import active_staff, demo_accounts, people_numbered
from yiwang.kernel import moment
from yiwang.ledger.models import Act
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Register
from yiwang.registers.uses import Use, told, uses_of
from yiwang.services.declarations import Service
from yiwang.stewardship import actions, jobs
from yiwang.stewardship.asking import Wish
from yiwang.web.demo.files import Asked, Demo, Wanted
from yiwang.web.demo.hours import evening, in_office
from yiwang.web.demo.town import Town
from yiwang.web.demo.worker import own_worker

NEXT_DAY = timedelta(hours=18)


@transaction.atomic
def exercise_rights(demo: Demo, pack: Pack, town: Town, *, until: datetime) -> int:
    """Everything of the file that this pack and this week have; how many were asked."""
    with own_worker():
        asked = sum(_question(one, pack, town, until) for one in demo.rights.questions)
        for one in demo.rights.requests:
            if one.register_ in pack.all(Register) and set(one.services) <= set(pack.all(Service)):
                asked += _request(one, pack, until)
        with moment.at(until):
            jobs.escalate_late(0)
    return asked


def _question(one: Asked, pack: Pack, town: Town, until: datetime) -> int:
    family = town.families.get(one.family)
    mother = people_numbered([family.mother.number]).get(family.mother.number) if family else None
    use = _reading(mother, one.register_, pack) if mother else None
    if mother is None or use is None:
        return 0
    day = moment.local(use.at).date() + timedelta(days=one.days_after)
    at = evening(Random(one.family), day)
    if at >= until:
        return 0
    with moment.at(at):
        concern = actions.ask(
            person=mother, subject=mother.id, act=use.act, department=use.offices[0],
            register=use.register_id, columns=use.columns, reason=one.reason, words=one.words,
        )  # fmt: skip
    staff = _officer(use.offices[0])
    answered_at = _in_office(at + NEXT_DAY, pack)
    if one.answer and staff and answered_at < until:
        with moment.at(answered_at):
            actions.answer(
                concern.id, outcome=one.answer.outcome, words=one.answer.words, staff=staff
            )
    return 1


def _reading(person: Person, register: str, pack: Pack) -> Use | None:
    acts: list[Act] = list(uses_of(person.id, register=register)[:1])
    return next(iter(told(acts, person.id, pack)), None)


def _officer(department: str) -> Staff | None:
    able = [
        one for one in active_staff()
        if one.department == department and holds(one, "concerns.answer", department=department)
    ]  # fmt: skip
    return able[0] if able else None


def _request(one: Wanted, pack: Pack, until: datetime) -> int:
    known = {account.username: account.staff for account in demo_accounts()}
    asker = known.get(one.asker)
    if asker is None:
        return 0
    at = _in_office(until - timedelta(days=one.days_ago), pack)
    with moment.at(at):
        wish = Wish(list(one.columns), moment.today() + timedelta(days=one.days), one.a_day)
        asked = actions.request(
            one.register_, wish=wish, services=list(one.services), purpose=one.purpose.zh,
            law=one.law, article=one.article, staff=asker,
        )  # fmt: skip
    decider = known.get(one.decision.by) if one.decision else None
    decided_at = _in_office(at + NEXT_DAY, pack)
    if one.decision and decider and decided_at < until:
        with moment.at(decided_at):
            actions.decide(
                asked.id, granted=one.decision.granted,
                wish=Wish(list(one.decision.columns), wish.until, one.a_day),
                reasons=one.decision.reasons, staff=decider,
            )  # fmt: skip
    return 1


def _in_office(at: datetime, pack: Pack) -> datetime:
    """The next moment the offices are open."""
    return in_office(Random(at.toordinal()), at, work_calendar(pack))
