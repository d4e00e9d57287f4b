"""A person questions a reading; the office answers in time, or its head is told."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from yiwang.identity.actions import open_account, person_for
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, NotAllowed
from yiwang.ledger.models import Act
from yiwang.ledger.queries import body_of
from yiwang.notices.models import Message
from yiwang.registers.tests.town import CLERK, FATHER
from yiwang.stewardship import actions, jobs
from yiwang.stewardship.errors import AnsweredAlready, AskedAlready
from yiwang.stewardship.models import Concern


def ask(here, act=None, **changed):
    given = {
        "person": here.mother, "subject": here.mother.id, "act": act or here.read(),
        "department": "hospital", "register": "population", "columns": ["name"],
        "reason": "unknown", "words": "我没去过医院",
    }  # fmt: skip
    return actions.ask(**given | changed)


def acts(what):
    return list(Act.objects.filter(what=what))


def test_a_question_goes_to_the_office_with_a_day_to_answer_by(here):
    with moment.at(moment.now().replace(year=2026, month=11, day=16)):
        concern = ask(here)

    assert concern.department == "hospital"
    assert concern.due_on.isoformat() == "2026-11-23"
    [act] = acts("concern.asked")
    assert act.subjects == [here.mother.id]
    assert act.basis == "《个人信息保护法》第五十条"
    assert body_of(act)["words"] == "我没去过医院"


def test_the_same_reading_is_asked_about_once_at_a_time(here):
    act = here.read()
    first = ask(here, act)

    with pytest.raises(AskedAlready):
        ask(here, act)

    assert list(Concern.objects.all()) == [first]
    actions.answer(first.id, outcome="proper", words="为发证核对身份", staff=here.officer)
    assert ask(here, act).is_open


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"reason": "bored"}, "reason"), ({"reason": "other", "words": " "}, "words")],
)
def test_a_reason_is_picked_and_other_needs_words(here, changed, field):
    with pytest.raises(BadInput) as refused:
        ask(here, **changed)

    assert refused.value.field == field
    assert not Concern.objects.exists()
    assert acts("concern.asked") == []


def test_the_office_answers_and_the_person_is_told(here):
    concern = ask(here)

    actions.answer(concern.id, outcome="improper", words="查错了人，已{改}", staff=here.officer)

    concern.refresh_from_db()
    assert (concern.state, concern.outcome) == ("answered", "improper")
    assert concern.answered_by == here.officer
    [act] = acts("concern.answered")
    assert (act.by_kind, act.department) == ("staff", "hospital")
    message = Message.objects.get(recipient=here.mother.id)
    assert "查错了人，已{改}" in message.text["zh"]
    assert message.link == f"/my/questions/{concern.id}/"


def test_another_department_cannot_answer_or_look(here):
    concern = ask(here)

    for act in (
        lambda: actions.answer(concern.id, outcome="proper", words="x", staff=here.stranger),
        lambda: actions.open_concern(concern.id, staff=here.stranger),
    ):
        with pytest.raises(NotAllowed):
            act()

    concern.refresh_from_db()
    assert concern.is_open
    assert acts("concern.opened") == []


def test_it_is_answered_once_and_not_without_words(here):
    concern = ask(here)

    for given, field in (("x", "outcome"), ("proper", "words")):
        with pytest.raises(BadInput) as refused:
            actions.answer(concern.id, outcome=given, words=" ", staff=here.officer)
        assert refused.value.field == field
    actions.answer(concern.id, outcome="proper", words="为发证", staff=here.officer)
    with pytest.raises(AnsweredAlready):
        actions.answer(concern.id, outcome="proper", words="again", staff=here.head)

    assert len(acts("concern.answered")) == 1


def test_what_nobody_answered_goes_to_the_head_once(here):
    concern = ask(here)
    jobs.escalate_late(0)
    assert acts("concern.escalated") == []

    with moment.at(moment.now() + timedelta(days=30)):
        jobs.escalate_late(0)
        jobs.escalate_late(0)
        concern.refresh_from_db()
        assert concern.is_late

    assert concern.escalated_at is not None
    assert len(acts("concern.escalated")) == 1
    assert Message.objects.filter(recipient=here.mother.id).count() == 1


# ---- pages -------------------------------------------------------------------------------------


def test_from_the_reading_to_the_answer_through_the_pages(here, sign_in):
    act = here.read(columns=("name", "birth_date"))
    client = sign_in(here.mother)
    listed = client.get("/my/data/").content.decode()
    address = f"/my/data/{act}/question/?for={here.mother.id}"
    assert address in listed

    assert "Population, read for Hospital" in client.get(address).content.decode()
    empty = client.post(address, {})
    assert empty.status_code == 422
    assert "Choose a reason." in empty.content.decode()
    sent = client.post(address, {"reason": "too-much", "words": "Why my birthday?"}, follow=True)
    assert "Hospital has your question" in sent.content.decode()

    concern = Concern.objects.get()
    desk = sign_in(here.officer)
    assert "More was read than this needs" in desk.get("/desk/questions/").content.decode()
    page = desk.get(f"/desk/questions/{concern.id}/").content.decode()
    assert "Why my birthday?" in page
    assert "Name, Date of birth" in page
    bad = desk.post(f"/desk/questions/{concern.id}/", {"outcome": "proper", "words": ""})
    assert bad.status_code == 422
    done = desk.post(
        f"/desk/questions/{concern.id}/",
        {"outcome": "proper", "words": "The certificate names the mother's age."},
        follow=True,
    )
    assert "The answer has been sent to the person." in done.content.decode()
    assert "The reading was in order" in desk.get("/desk/questions/?tab=answered").content.decode()

    again = sign_in(here.mother).get("/my/data/").content.decode()
    for words in (
        "Why my birthday?",
        "The certificate names the mother&#x27;s age.",
        "staff opened your question",
    ):
        assert words in again
    mine = client.get(f"/my/questions/{concern.id}/").content.decode()
    assert "The reading was in order" in mine


def test_nobody_questions_or_sees_what_is_not_theirs(here, sign_in):
    act = here.read()
    concern = ask(here, act)
    father = person_for(FATHER, "赵", by=CLERK)
    open_account("father", None, person=father, by=CLERK)

    client = sign_in(father)

    assert client.get(f"/my/data/{act}/question/").status_code == 404
    assert client.get(f"/my/questions/{concern.id}/").status_code == 404
    assert sign_in(here.mother).get(f"/my/data/{uuid4()}/question/").status_code == 404
    assert sign_in(here.stranger).get(f"/desk/questions/{concern.id}/").status_code == 403


def test_a_late_question_says_so_to_all(here, sign_in):
    concern = ask(here)
    Concern.objects.update(due_on=moment.today() - timedelta(days=3))
    actions.escalate(concern.id)

    assert "with the head of office" in sign_in(here.head).get("/desk/questions/").content.decode()
    page = sign_in(here.head).get(f"/desk/questions/{concern.id}/").content.decode()
    assert "It is before you as head of office" in page
    mine = sign_in(here.mother).get(f"/my/questions/{concern.id}/").content.decode()
    assert "The answer is late" in mine
