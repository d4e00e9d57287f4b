"""Departments deciding together: the joint limit, the review they hold, what waits for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from yiwang.cases import actions
from yiwang.cases.errors import (
    AwaitsReview,
    CannotExtend,
    ReasonsMissing,
    ReviewNotHeld,
    ReviewOver,
    TaskTaken,
)
from yiwang.cases.models import Case, Clock, Opinion, Review, Task
from yiwang.cases.procedures import PROCEDURES
from yiwang.cases.review import review_page
from yiwang.cases.states import Reviewed, Stance
from yiwang.cases.tests.office import applicant, begun_together, officer
from yiwang.cases.tests.test_verbs import everything
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, NotAllowed
from yiwang.ledger.actions import Actor
from yiwang.ledger.models import Act
from yiwang.notices.models import Message

MONDAY = datetime(2026, 9, 7, 2, tzinfo=UTC)
MEETING = datetime(2026, 9, 9, 6, tzinfo=UTC)
TURN = "转弯半径改为 9 米"
AFTER = datetime(2026, 9, 9, 8, tzinfo=UTC)


@pytest.fixture
def root(office, monkeypatch):
    monkeypatch.setitem(PROCEDURES._entries, "bundle", office)
    with moment.at(MONDAY):
        return begun_together(applicant())


@pytest.fixture
def lead(office):
    return officer("9", "health", "head")


@pytest.fixture
def roads(office):
    return officer("7", "roads", "expert")


def item(root: Case, what: str) -> Case:
    return Case.objects.get(root=root, what=what)


def todo(root: Case) -> dict[tuple[str, str], str]:
    live = Task.objects.filter(case__root=root, state__in=("open", "claimed"))
    return {(task.case.what, task.verb): task.department for task in live}


def all_of(root: Case) -> tuple:
    return (*everything(root), list(Review.objects.values()), list(Opinion.objects.values()))


def convene(root: Case, lead, **more):
    with moment.at(MONDAY + timedelta(hours=1)):
        return actions.convene(
            root.id, staff=lead,
            **({"meets_at": MEETING, "place": "市政务服务中心 302", "materials": "总平图"} | more),
        )  # fmt: skip


def agree(root: Case, what: str, staff, at: datetime = MONDAY + timedelta(hours=2)):
    with moment.at(at):
        actions.opine(item(root, what).id, stance=Stance.AGREE, words="", staff=staff)


def grant(case: Case, staff, at: datetime = AFTER):
    with moment.at(at):
        actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=staff)


def test_the_leading_department_is_to_convene_and_others_decide_meanwhile(root, lead, roads):
    before = todo(root)

    grant(item(root, "three"), roads, MONDAY)

    assert before[("whole", "convene")] == "health"
    assert item(root, "three").outcome == "granted"
    assert Case.objects.get(pk=root.pk).state == "under-way"


def test_nobody_decides_before_the_review_has_concluded(root, roads):
    once = all_of(root)

    with pytest.raises(AwaitsReview):
        grant(item(root, "two"), roads, MONDAY)

    assert all_of(root) == once


def test_convened_every_department_is_asked_and_the_applicant_told(root, lead):
    convene(root, lead)

    asked = {key: office for key, office in todo(root).items() if key[1] != "decide"}
    assert asked == {
        ("one", "opine"): "health", ("two", "opine"): "roads", ("whole", "conclude"): "health",
    }  # fmt: skip
    told = Message.objects.order_by("-created_at").first()
    assert "2026-09-09 14:00" in told.text["zh"]
    assert "市政务服务中心 302" in told.text["zh"]
    act = Act.objects.get(what="case.review_convened")
    assert act.basis == "《样例办法》第五条"


@pytest.mark.parametrize(
    ("more", "field"),
    [({"meets_at": MONDAY - timedelta(days=1)}, "day"), ({"place": " "}, "place")],
)
def test_a_meeting_in_the_past_or_nowhere(root, lead, more, field):
    once = all_of(root)

    with pytest.raises(BadInput) as wrong:
        convene(root, lead, **more)

    assert wrong.value.field == field
    assert all_of(root) == once


def test_only_the_leading_department_convenes(root):
    other, once = officer("8", "roads", "head"), all_of(root)

    with pytest.raises(NotAllowed):
        convene(root, other)

    assert all_of(root) == once


def test_after_the_conclusion_all_decide_seeing_what_was_said(root, lead, roads):
    convene(root, lead)
    agree(root, "one", lead)
    with moment.at(MONDAY + timedelta(hours=3)):
        actions.opine(item(root, "two").id, stance=Stance.IF, words=TURN, staff=roads)
    with moment.at(AFTER):
        actions.conclude(
            root.id, outcome=Reviewed.CONDITIONS, minutes="按转弯半径 9 米修改后报批。", staff=lead
        )

    grant(item(root, "two"), roads, AFTER + timedelta(hours=1))

    seen = review_page(item(root, "one"))
    assert [(one.office.zh, one.words) for one in seen.opinions] == [
        (seen.opinions[0].office.zh, ""), (seen.opinions[1].office.zh, TURN),
    ]  # fmt: skip
    assert (seen.open, seen.minutes) == (False, "按转弯半径 9 米修改后报批。")
    assert item(root, "two").outcome == "granted"
    told = next(one for one in Message.objects.all() if "联合评审有了" in one.subject["zh"])
    assert "修改完善后通过" in told.text["zh"]


def test_an_objection_needs_reasons(root, lead, roads):
    convene(root, lead)
    once = all_of(root)

    with pytest.raises(ReasonsMissing):
        actions.opine(item(root, "two").id, stance=Stance.OBJECT, words=" ", staff=roads)

    assert all_of(root) == once


def test_nothing_is_concluded_before_the_meeting_unless_all_have_spoken(root, lead, roads):
    convene(root, lead)
    agree(root, "one", lead)
    once = all_of(root)

    with moment.at(MONDAY + timedelta(hours=4)), pytest.raises(ReviewNotHeld):
        actions.conclude(root.id, outcome=Reviewed.ADOPTED, minutes="通过", staff=lead)

    assert all_of(root) == once
    agree(root, "two", roads)
    with moment.at(MONDAY + timedelta(hours=5)):
        actions.conclude(root.id, outcome=Reviewed.ADOPTED, minutes="书面会签，通过", staff=lead)
    assert Review.objects.get(root=root).outcome == "adopted"


def test_an_opinion_after_the_meeting_closed_is_refused(root, lead, roads):
    convene(root, lead)
    with moment.at(AFTER):
        actions.conclude(root.id, outcome=Reviewed.NOT, minutes="交通组织要重做。", staff=lead)
    once = all_of(root)

    with pytest.raises(ReviewOver):
        agree(root, "two", roads, AFTER + timedelta(hours=1))

    assert all_of(root) == once
    assert ("two", "opine") not in todo(root)


def test_of_two_heads_at_once_the_second_is_told(root, lead, office):
    second = officer("10", "health", "head")
    task = Task.objects.get(case=root, verb="convene")
    actions.claim(task.id, staff=lead)
    once = all_of(root)

    with pytest.raises(TaskTaken):
        convene(root, second)

    assert all_of(root) == once


def test_a_matter_withdrawn_half_way_needs_no_meeting(root, lead, roads):
    grant(item(root, "three"), roads, MONDAY)
    by = Actor("person", str(root.applicant_id))

    with moment.at(MONDAY + timedelta(hours=6)):
        actions.withdraw(root.id, person=root.applicant_id, words="资金没到位", by=by)

    assert todo(root) == {}
    assert Review.objects.get(root=root).outcome == "lapsed"
    assert item(root, "three").outcome == "granted"
    assert Case.objects.get(pk=root.pk).outcome == "partly"


# ---- the joint limit ---------------------------------------------------------------------------


def test_the_joint_limit_stands_beside_the_promise_and_is_extended_by_the_lead(root, lead):
    def of_root() -> dict[str, date]:
        return {one.kind: one.due_on for one in Clock.objects.filter(case=root)}

    before = of_root()
    with moment.at(MONDAY):
        actions.extend(root.id, reasons="要补做专题论证", staff=lead)
        once = all_of(root)
        with pytest.raises(CannotExtend) as error:
            actions.extend(root.id, reasons="再延", staff=lead)

    assert before == {"promised": date(2026, 9, 14), "joint": date(2026, 11, 13)}
    assert of_root() == {"promised": date(2026, 9, 28), "joint": date(2026, 11, 27)}
    assert error.value.why == "extended"
    assert all_of(root) == once


def test_another_departments_head_does_not_extend_the_joint_limit(root):
    other, once = officer("8", "roads", "head"), all_of(root)

    with moment.at(MONDAY), pytest.raises(NotAllowed):
        actions.extend(root.id, reasons="要延", staff=other)

    assert all_of(root) == once
