"""Each verb on a case: what it changes and records; after a refusal nothing of either."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yiwang.cases import actions
from yiwang.cases.errors import NoSuchCase, OutOfOrder, ReasonsMissing, TaskTaken
from yiwang.cases.models import Case, Clock, Task, Verdict
from yiwang.cases.states import State
from yiwang.cases.tests.office import applicant, begun, officer, stranger
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, NotAllowed, Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.ledger.models import Act
from yiwang.ledger.queries import body_of
from yiwang.notices.models import Message

BEFORE_HOLIDAYS = datetime(2026, 9, 28, 2, tzinfo=UTC)  # a Monday; 1 to 7 October are days off
IN_HOLIDAYS = datetime(2026, 10, 3, 2, tzinfo=UTC)
AFTER_HOLIDAYS = datetime(2026, 10, 9, 2, tzinfo=UTC)  # a Friday; Saturday the 10th is worked


def everything(case: Case) -> tuple:
    """All that an action on a case could change."""
    return (
        list(Case.objects.filter(root=case.root_id).order_by("id").values()),
        list(Task.objects.filter(case__root=case.root_id).order_by("id").values()),
        list(Clock.objects.order_by("id").values()),
        list(Verdict.objects.values()),
        Act.objects.count(),
        Message.objects.count(),
    )


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def last_act(case: Case) -> Act:
    return Act.objects.filter(root=case.root_id).order_by("at", "id").last()


@pytest.fixture
def person(office):
    return applicant()


@pytest.fixture
def case(person):
    return begun(person)


@pytest.fixture
def clerk(office):
    return officer()


def by(person) -> Actor:
    return Actor("person", str(person.id))


# ---- taking, handing over, putting back --------------------------------------------------------


def test_a_task_taken_is_recorded_and_taking_it_again_changes_nothing(case, clerk):
    task = case.tasks.get()

    actions.claim(task.id, staff=clerk)
    once = everything(case)
    actions.claim(task.id, staff=clerk)

    assert everything(case) == once
    act = last_act(case)
    assert (act.what, act.by_id, act.department) == ("task.claimed", str(clerk.id), "health")


def test_what_a_colleague_took_cannot_be_taken_put_back_or_worked_on(case, clerk):
    other = officer("2")
    task = actions.claim(case.tasks.get().id, staff=clerk)
    before = everything(case)

    for refused in (
        lambda: actions.claim(task.id, staff=other),
        lambda: actions.put_back(task.id, staff=other),
        lambda: actions.accept(case.id, staff=other),
        lambda: actions.ask_more(case.id, asks=[], note="more", staff=other),
    ):
        with pytest.raises(TaskTaken):
            refused()
    assert everything(case) == before


def test_a_task_goes_only_to_a_colleague_who_may_handle_it(case, clerk):
    task = actions.claim(case.tasks.get().id, staff=clerk)
    reader, elsewhere = officer("2", "health", "reader"), officer("3", "roads")
    before = everything(case)

    for one in (reader, elsewhere):
        with pytest.raises(Refusal):
            actions.hand_over(task.id, to=one, staff=clerk)
    assert everything(case) == before

    colleague = officer("4")
    actions.hand_over(task.id, to=colleague, staff=clerk, words="请接着办")
    task.refresh_from_db()
    assert (task.assignee_id, task.note) == (colleague.id, "请接着办")


@pytest.mark.parametrize("who", ["reader", "elsewhere"])
def test_whoever_may_not_is_refused_and_leaves_nothing(case, who):
    one = officer("8", "health", "reader") if who == "reader" else officer("9", "roads")
    task, before = case.tasks.get(), everything(case)

    for refused in (
        lambda: actions.claim(task.id, staff=one),
        lambda: actions.hand_over(task.id, to=one, staff=one),
        lambda: actions.accept(case.id, staff=one),
        lambda: actions.refuse_to_accept(case.id, reasons="x", basis="x", staff=one),
        lambda: actions.ask_more(case.id, asks=[], note="x", staff=one),
        lambda: actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=one),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert everything(case) == before


# ---- accepting ---------------------------------------------------------------------------------


def test_accepting_opens_the_decision_for_whoever_accepted(case, clerk):
    actions.accept(case.id, staff=clerk)

    task = case.tasks.get(verb="decide")
    assert state(case) == State.ACCEPTED
    assert (task.state, task.assignee_id) == ("claimed", clerk.id)
    assert task.due_on == case.clocks.get(kind="promised").due_on
    assert last_act(case).basis == "《样例法》第一条"
    assert Message.objects.filter(recipient=case.applicant_id).count() == 1


def test_nothing_is_accepted_twice(case, clerk):
    actions.accept(case.id, staff=clerk)
    before = everything(case)

    with pytest.raises(OutOfOrder):
        actions.accept(case.id, staff=clerk)
    assert everything(case) == before


def test_refusing_to_accept_wants_reasons(case, clerk):
    before = everything(case)
    with pytest.raises(ReasonsMissing):
        actions.refuse_to_accept(case.id, reasons=" ", basis="《样例法》", staff=clerk)
    assert everything(case) == before

    actions.refuse_to_accept(case.id, reasons="不归这里办", basis="《样例法》", staff=clerk)

    ended = Case.objects.get(pk=case.pk)
    assert (ended.state, ended.outcome) == ("not-accepted", "not-accepted")
    assert all(clock.stopped_on for clock in case.clocks.all())
    text = Message.objects.get(recipient=case.applicant_id).text
    assert "不归这里办" in str(text) and "复议" in str(text)


# ---- asking for more: the clocks stand still ---------------------------------------------------


def test_a_limit_steps_over_holidays_and_counts_make_up_days(office):
    with moment.at(BEFORE_HOLIDAYS):
        case = begun(applicant())

    promised, statutory = (case.clocks.get(kind=kind) for kind in ("promised", "statutory"))
    # 29 and 30 September, then 8 and 9 October, then the worked Saturday
    assert promised.due_on == date(2026, 10, 10)
    # twenty natural days end on Sunday 18 October: the next working day
    assert statutory.due_on == date(2026, 10, 19)


def test_the_limits_stand_still_while_the_person_is_waited_for(office, clerk):
    person = applicant()
    with moment.at(BEFORE_HOLIDAYS):
        case = begun(person)
        actions.ask_more(case.id, asks=["paper:id-card:mother:0"], note="请补照片", staff=clerk)
    paused = case.clocks.get(kind="promised")
    assert (paused.paused_on, paused.left) == (date(2026, 9, 28), 5)
    assert state(case) == State.SUPPLEMENTING

    with moment.at(AFTER_HOLIDAYS):
        actions.supplied(case.id, person=person.id, words="补好了", by=by(person))

    running = case.clocks.get(kind="promised")
    # the 10th is worked, then 12, 13, 14 and 15 October
    assert (running.paused_on, running.left, running.due_on) == (None, None, date(2026, 10, 15))
    task = case.tasks.get(verb="accept", state="claimed")
    assert (task.assignee_id, task.due_on, task.round) == (clerk.id, date(2026, 10, 15), 2)
    assert body_of(last_act(case)) == {"words": "补好了", "digest": ""}


def test_what_was_late_already_stays_late(office, clerk):
    person = applicant()
    with moment.at(BEFORE_HOLIDAYS):
        case = begun(person)
    with moment.at(datetime(2026, 10, 13, 2, tzinfo=UTC)):
        actions.ask_more(case.id, asks=[], note="请补", staff=clerk)
        actions.supplied(case.id, person=person.id, words="", by=by(person))

    assert case.clocks.get(kind="promised").due_on == date(2026, 10, 10)


def test_asking_wants_words_and_only_the_applicant_can_answer(case, clerk):
    before = everything(case)
    with pytest.raises(ReasonsMissing):
        actions.ask_more(case.id, asks=[], note="  ", staff=clerk)
    assert everything(case) == before

    actions.ask_more(case.id, asks=[], note="请补", staff=clerk)
    before, other = everything(case), stranger()
    before = everything(case)
    with pytest.raises(NoSuchCase):
        actions.supplied(case.id, person=other.id, words="", by=by(other))
    with pytest.raises(OutOfOrder):
        actions.accept(case.id, staff=clerk)
    assert everything(case) == before


# ---- deciding ----------------------------------------------------------------------------------


def test_a_grant_ends_the_case_and_says_what_was_given(office, case, clerk):
    actions.accept(case.id, staff=clerk)

    actions.decide(case.id, granted=True, reasons="", basis="", fills={"a.b": "c"}, staff=clerk)

    ended = Case.objects.get(pk=case.pk)
    assert (ended.state, ended.outcome, ended.by_rule) == ("decided", "granted", False)
    verdict = Verdict.objects.get(case=case)
    assert (verdict.granted, verdict.fills, verdict.pack) == (True, {"a.b": "c"}, case.pack)
    assert not case.tasks.filter(state__in=("open", "claimed")).exists()
    assert office.went_on == [case.number]
    assert "给了。" in str(Message.objects.latest("created_at").text)


def test_granting_against_a_condition_wants_reasons_and_leaves_nothing_without(office, case, clerk):
    office.conditions = [{"id": "one", "value": None}]
    actions.accept(case.id, staff=clerk)
    before = everything(case)

    with pytest.raises(ReasonsMissing):
        actions.decide(case.id, granted=True, reasons=" ", basis="", fills={}, staff=clerk)
    assert everything(case) == before

    actions.decide(case.id, granted=True, reasons="已看原件", basis="", fills={}, staff=clerk)
    assert Verdict.objects.get(case=case).reasons == "已看原件"


@pytest.mark.parametrize(("reasons", "basis"), [("", "《样例法》"), ("不符合", "  ")])
def test_a_refusal_without_reasons_or_rule_is_none(case, clerk, reasons, basis):
    actions.accept(case.id, staff=clerk)
    before = everything(case)

    with pytest.raises(ReasonsMissing):
        actions.decide(case.id, granted=False, reasons=reasons, basis=basis, fills={}, staff=clerk)
    assert everything(case) == before


def test_a_refusal_is_told_in_both_languages_with_the_way_to_appeal(case, clerk):
    actions.accept(case.id, staff=clerk)
    rule = Text(zh="条件一（《样例法》）", en="Condition one (Sample Act)")

    actions.decide(case.id, granted=False, reasons="不符合 {x}", basis=rule, fills={}, staff=clerk)

    assert Verdict.objects.get(case=case).basis == rule.zh
    assert last_act(case).what == "case.refused"
    text = Message.objects.latest("created_at").text
    assert text["zh"] == (
        f"「样例」（{case.number}）没有通过。依据：条件一（《样例法》）。"
        "理由：不符合 {x} 可以申请复议。"
    )
    assert "Rule: Condition one (Sample Act)." in text["en"]


def test_nothing_is_decided_before_it_is_accepted_nor_twice(case, clerk):
    before = everything(case)
    with pytest.raises(OutOfOrder):
        actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=clerk)
    assert everything(case) == before

    actions.accept(case.id, staff=clerk)
    actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=clerk)
    before = everything(case)
    with pytest.raises(OutOfOrder):
        actions.decide(case.id, granted=False, reasons="x", basis="x", fills={}, staff=clerk)
    assert everything(case) == before


# ---- after the decision ------------------------------------------------------------------------


def test_a_matter_is_rated_once_and_a_bad_rating_opens_a_task_with_a_clock(case, person, clerk):
    actions.accept(case.id, staff=clerk)
    with pytest.raises(OutOfOrder):
        actions.rate(case.id, person=person.id, stars=1, words="", by=by(person))
    actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=clerk)
    with pytest.raises(BadInput):
        actions.rate(case.id, person=person.id, stars=6, words="", by=by(person))

    actions.rate(case.id, person=person.id, stars=2, words="太慢", by=by(person))

    task = case.tasks.get(verb="rework")
    assert task.due_on is not None and task.department == "health"
    before = everything(case)
    with pytest.raises(Refusal):
        actions.rate(case.id, person=person.id, stars=5, words="", by=by(person))
    with pytest.raises(ReasonsMissing):
        actions.finish_rework(case.id, words="", staff=clerk)
    assert everything(case) == before
    actions.finish_rework(case.id, words="已道歉", staff=clerk)
    assert case.tasks.get(verb="rework").state == "done"


def test_a_late_answer_opens_one_task_to_look_and_revokes_nothing(case, clerk):
    actions.accept(case.id, staff=clerk)
    actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=clerk)
    ended, job = Case.objects.get(pk=case.pk), Actor("job", "test")

    assert actions.open_verification(ended, note="不同", by=job) is not None
    assert actions.open_verification(ended, note="又不同", by=job) is None
    before = everything(case)
    with pytest.raises(ReasonsMissing):
        actions.verify(case.id, words=" ", staff=clerk)
    assert everything(case) == before

    actions.verify(case.id, words="无误", staff=clerk)
    assert Case.objects.get(pk=case.pk).outcome == "granted"
    assert case.tasks.get(verb="verify").state == "done"


def test_only_the_applicant_withdraws_and_only_what_is_not_decided(case, person, clerk):
    other = stranger()
    before = everything(case)
    with pytest.raises(NoSuchCase):
        actions.withdraw(case.id, person=other.id, words="", by=by(other))
    assert everything(case) == before

    actions.withdraw(case.id, person=person.id, words="不办了", by=by(person))

    assert (state(case), case.tasks.get().state) == (State.WITHDRAWN, "cancelled")
    before = everything(case)
    with pytest.raises(OutOfOrder):
        actions.withdraw(case.id, person=person.id, words="", by=by(person))
    with pytest.raises(OutOfOrder):
        actions.accept(case.id, staff=clerk)
    assert everything(case) == before


def test_looking_is_an_act_with_purpose_and_basis(case, clerk):
    other = stranger()

    actions.open_task(case.tasks.get().id, about=[other.id], staff=clerk)

    act = last_act(case)
    assert (act.what, act.purpose, act.basis) == (
        "task.opened",
        "service:sample",
        "《样例法》第一条",
    )
    assert set(act.subjects) == {case.applicant_id, other.id}
    before = everything(case)
    with pytest.raises(NotAllowed):
        actions.open_case(case.id, staff=officer("5", "roads"))
    assert everything(case)[:4] == before[:4]
    assert not Act.objects.filter(what="case.opened").exists()
