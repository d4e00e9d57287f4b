"""A limit made longer: once, by the head, with reasons; after a refusal nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from yiwang.cases import actions
from yiwang.cases.errors import CannotExtend, ReasonsMissing
from yiwang.cases.models import Case, Clock
from yiwang.cases.tests.office import TEN_MORE, applicant, begun, officer
from yiwang.cases.tests.test_verbs import everything, last_act
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, NotAllowed
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.ledger.queries import body_of
from yiwang.notices.models import Message

MONDAY = datetime(2026, 9, 7, 2, tzinfo=UTC)
LATER = datetime(2026, 9, 7, 3, tzinfo=UTC)
WHY = "现场要再勘验一次 {地块 3}。"


@pytest.fixture
def case(office):
    with moment.at(MONDAY):
        return begun(applicant())


@pytest.fixture
def head(office):
    return officer("9", "health", "head")


@contextmanager
def refused(why: str) -> Iterator[None]:
    with pytest.raises(CannotExtend) as error:
        yield
    assert error.value.why == why


def clocks(case: Case) -> dict[str, tuple[date, int]]:
    return {one.kind: (one.due_on, one.extended) for one in Clock.objects.filter(case=case)}


def test_the_head_extends_both_limits_and_the_applicant_is_told_why(case, head):
    before = clocks(case)

    with moment.at(LATER):
        actions.extend(case.id, reasons=WHY, staff=head)

    assert before == {"promised": (date(2026, 9, 14), 0), "statutory": (date(2026, 9, 28), 0)}
    assert clocks(case) == {
        "promised": (date(2026, 9, 28), 10),  # ten working days on
        "statutory": (date(2026, 10, 16), 10),  # past the holidays, the 10th being worked
    }
    assert case.tasks.get().due_on == date(2026, 9, 28)
    act = last_act(case)
    assert (act.what, act.basis) == ("case.extended", "《行政许可法》第四十二条")
    assert body_of(act)["reasons"] == WHY
    assert len(act.changes) == 2
    told = Message.objects.order_by("-created_at").first()
    assert WHY in told.text["zh"]
    assert "2026年9月28日" in told.text["zh"]
    assert "《行政许可法》第四十二条" in told.text["zh"]


def test_nobody_extends_twice(case, head):
    with moment.at(LATER):
        actions.extend(case.id, reasons=WHY, staff=head)
        once = everything(case)

        with refused("extended"):
            actions.extend(case.id, reasons=WHY, staff=head)

        assert everything(case) == once


@pytest.mark.parametrize("who", [("1", "health", "officer"), ("8", "roads", "head")])
def test_only_the_head_of_that_department_extends(case, who):
    stranger, once = officer(*who), everything(case)

    with moment.at(LATER), pytest.raises(NotAllowed):
        actions.extend(case.id, reasons=WHY, staff=stranger)

    assert everything(case) == once


def test_without_reasons_nothing_is_extended(case, head):
    once = everything(case)

    with moment.at(LATER), pytest.raises(ReasonsMissing):
        actions.extend(case.id, reasons="  ", staff=head)

    assert everything(case) == once


def test_a_matter_nothing_allows_to_extend(office, case, head):
    office.extension = None
    once = everything(case)

    with moment.at(LATER), refused("not-declared"):
        actions.extend(case.id, reasons=WHY, staff=head)

    assert everything(case) == once


def test_a_limit_that_stands_still_is_not_extended(case, head):
    with moment.at(LATER):
        actions.ask_more(case.id, asks=[], note="补照片", staff=officer())
        once = everything(case)

        with refused("paused"):
            actions.extend(case.id, reasons=WHY, staff=head)

    assert everything(case) == once


def test_nor_one_that_has_ended(case, head):
    with moment.at(LATER):
        by = Actor("person", str(case.applicant_id))
        actions.withdraw(case.id, person=case.applicant_id, words="", by=by)
        once = everything(case)

        with refused("ended"):
            actions.extend(case.id, reasons=WHY, staff=head)

    assert everything(case) == once


def test_nor_one_the_law_already_ended(case, head):
    once = everything(case)

    with (
        moment.at(datetime(2026, 9, 29, 2, tzinfo=UTC)),
        refused("over"),
    ):
        actions.extend(case.id, reasons=WHY, staff=head)

    assert everything(case) == once


def test_where_the_law_wants_somebody_above_the_approval_is_named(office, case, head):
    office.extension = TEN_MORE.model_copy(
        update={"approved_by": Text(zh="市人民政府负责人", en="the mayor")}
    )
    once = everything(case)

    with moment.at(LATER):
        with pytest.raises(BadInput) as wrong:
            actions.extend(case.id, reasons=WHY, staff=head)
        assert everything(case) == once
        actions.extend(case.id, reasons=WHY, approval="江政办〔2026〕12 号", staff=head)

    assert wrong.value.field == "approval"
    assert body_of(last_act(case))["approval"] == "江政办〔2026〕12 号"
