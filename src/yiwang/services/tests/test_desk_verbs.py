"""Every verb at the desk, by HTTP: what it does, what it refuses; a refusal leaves nothing."""

from __future__ import annotations

import re
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from yiwang.cases import actions
from yiwang.cases.models import Case, Clock, Task, Verdict
from yiwang.files.actions import keep
from yiwang.files.tests.samples import jpg
from yiwang.ledger.models import Act
from yiwang.ledger.queries import body_of
from yiwang.licences.models import Licence
from yiwang.notices.models import Message
from yiwang.pack import queries
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.queries import load
from yiwang.services.tests.family import BY, actor, load_city, settle
from yiwang.services.tests.office import (
    HEALTH,
    HOSPITAL,
    POLICE,
    at_desk,
    page,
    sent,
    staff,
    task_of,
    uncertified,
)

pytestmark = pytest.mark.django_db
BIRTH = "birth-certificate"
NOTE = "请补一张清楚的照片 {1}"


@pytest.fixture
def root(city) -> Case:
    return uncertified(city)


@pytest.fixture
def clerk(city):
    return staff(*HOSPITAL)


@pytest.fixture
def desk(clerk):
    return at_desk(clerk)


def accepted(root: Case, clerk) -> Task:
    actions.accept(task_of(root, BIRTH).case_id, staff=clerk)
    return task_of(root, BIRTH)


def seen(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', page(answer))[1]


def acts() -> list[str]:
    looking = ("task.opened", "identity.account_opened", "identity.signed_in")
    return list(Act.objects.exclude(what__in=looking).order_by("id").values_list("what", flat=True))


def test_taking_a_task_from_the_list_returns_to_that_list(root, clerk, desk):
    task = task_of(root, BIRTH)

    answer = desk.post(f"/desk/tasks/{task.id}/claim/", {"back": "?tab=open&verb=accept"})

    task.refresh_from_db()
    assert (task.state, task.assignee_id) == ("claimed", clerk.id)
    assert answer.url == f"/desk/?tab=open&verb=accept&took={task.id}"
    assert f"You have {root.number}-1 in hand." in page(desk.get(answer.url))
    assert acts()[-1] == "task.claimed"


def test_where_to_return_is_never_another_site(root, desk):
    task = task_of(root, BIRTH)

    answer = desk.post(f"/desk/tasks/{task.id}/claim/", {"back": "https://elsewhere.example/"})

    assert answer.url.startswith("/desk/?took=")


def test_the_second_clerk_is_told_that_a_colleague_has_it(root, clerk, desk):
    other = at_desk(staff(*HOSPITAL, "2", "办事员乙"))
    task = task_of(root, BIRTH)
    desk.post(f"/desk/tasks/{task.id}/claim/")
    before = acts()

    answer = other.post(f"/desk/tasks/{task.id}/claim/", {"back": "?tab=open"})
    accepting = other.post(f"/desk/tasks/{task.id}/accept/")

    assert answer.status_code == accepting.status_code == 409
    assert "A colleague has taken or finished this task" in page(answer)
    assert "A colleague has taken or finished this task" in page(accepting)
    task.refresh_from_db()
    assert task.assignee_id == clerk.id
    assert acts() == before


def test_put_back_and_hand_over(root, clerk, desk):
    colleague = staff(*HOSPITAL, "2", "办事员乙")
    task = task_of(root, BIRTH)
    desk.post(f"/desk/tasks/{task.id}/claim/")

    desk.post(f"/desk/tasks/{task.id}/put-back/")
    task.refresh_from_db()
    assert (task.state, task.assignee_id) == ("open", None)

    form = page(desk.get(f"/desk/tasks/{task.id}/?do=hand_over"))
    assert "办事员乙" in form
    given = {"to": str(colleague.id), "words": "请接着办"}
    assert desk.post(f"/desk/tasks/{task.id}/hand-over/", given).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.assignee_id, task.note) == ("claimed", colleague.id, "请接着办")


def test_nobody_outside_the_office_is_handed_a_task(root, desk):
    police = staff(*POLICE)
    task = task_of(root, BIRTH)
    before = acts()

    nobody = desk.post(f"/desk/tasks/{task.id}/hand-over/", {"to": ""})
    stranger = desk.post(f"/desk/tasks/{task.id}/hand-over/", {"to": str(police.id)})
    nonsense = desk.post(f"/desk/tasks/{task.id}/hand-over/", {"to": "x"})

    assert nobody.status_code == 422 and "Choose a colleague." in page(nobody)
    assert stranger.status_code in (409, 422)
    assert nonsense.status_code == 422
    assert Task.objects.get(pk=task.id).assignee_id is None
    assert acts() == before


def test_accepting_leads_on_to_deciding(root, clerk, desk):
    task = task_of(root, BIRTH)

    answer = desk.post(f"/desk/tasks/{task.id}/accept/")
    text = page(desk.get(answer.url))

    decide = task_of(root, BIRTH)
    assert (decide.verb, decide.assignee_id) == ("decide", clerk.id)
    assert "Accepted" in text
    assert f"/desk/tasks/{decide.id}/" in text
    again = desk.post(f"/desk/tasks/{task.id}/accept/")
    assert again.status_code == 409
    assert "this step is not possible" in page(again)


def test_asking_for_more_shows_first_what_will_be_read(root, clerk, desk):
    task = task_of(root, BIRTH)
    url = f"/desk/tasks/{task.id}/ask/"
    what = "paper:id-card:mother:0"
    before = acts()

    empty = desk.post(url, {"asks": what, "note": " "})
    look = desk.post(url, {"more": what, "note": NOTE})

    assert empty.status_code == 422 and "Write the reasons" in page(empty)
    assert NOTE in page(look) and "The time limit stands still" in page(look)
    assert acts() == before

    done = desk.post(url, {"more": what, "note": NOTE, "seen": seen(look)})

    assert done.status_code == 302
    supply = Task.objects.get(verb="supply")
    assert (supply.asks, supply.note) == ([what], NOTE)
    clocks = Clock.objects.filter(case=task.case_id)
    assert all(clock.paused_on and clock.left is not None for clock in clocks)
    assert "We wait for the applicant" in page(desk.get(f"/desk/tasks/{task.id}/"))


def test_words_changed_after_the_look_are_looked_at_again(root, desk):
    task = task_of(root, BIRTH)
    url = f"/desk/tasks/{task.id}/ask/"
    look = desk.post(url, {"note": NOTE})

    changed = desk.post(url, {"note": "别的内容", "seen": seen(look)})

    assert changed.status_code == 200 and "别的内容" in page(changed)
    assert not Task.objects.filter(verb="supply").exists()


def test_granting_issues_the_licence_and_frees_what_waited(root, clerk, desk):
    task = accepted(root, clerk)

    answer = desk.post(f"/desk/tasks/{task.id}/grant/")

    assert answer.url == f"/desk/tasks/{task.id}/finished/?done=granted"
    case = Case.objects.get(pk=task.case_id)
    assert (case.state, case.outcome) == ("decided", "granted")
    assert Licence.objects.get(case=case.id).kind == BIRTH
    assert task_of(root, "household-registration").department == "public-security"
    assert "Nothing else is waiting" in page(desk.get(answer.url))
    assert desk.post(f"/desk/tasks/{task.id}/grant/").status_code == 409


def test_a_value_stated_with_the_grant_is_proposed_and_can_be_changed(city):
    family = settle(city, certified=True)
    root = sent(family)
    case = Case.objects.get(root=root, what="child-care-guidance")
    clerk = staff(*HEALTH)
    desk = at_desk(clerk)
    actions.accept(case.id, staff=clerk)
    task = task_of(root, "child-care-guidance")

    text = page(desk.get(f"/desk/tasks/{task.id}/"))
    wrong = desk.post(f"/desk/tasks/{task.id}/grant/", {"child.guidance_plan": "nonsense"})
    assert re.search(r'name="child.guidance_plan" value="ordinary" checked', text)
    assert wrong.status_code == 422
    assert not Verdict.objects.filter(case=case).exists()

    desk.post(f"/desk/tasks/{task.id}/grant/", {"child.guidance_plan": "close"})

    assert Verdict.objects.get(case=case).fills == {"child.guidance_plan": "close"}


def test_a_condition_that_is_not_met_wants_reasons_for_a_grant(city):
    root = sent(settle(city), case__agrees_guidance="no")
    case = Case.objects.get(root=root, what="child-care-guidance")
    clerk = staff(*HEALTH)
    desk = at_desk(clerk)
    actions.accept(case.id, staff=clerk)
    task = task_of(root, "child-care-guidance")
    before = acts()
    stated = {"child.guidance_plan": "ordinary"}

    without = desk.post(f"/desk/tasks/{task.id}/grant/", stated)

    assert without.status_code == 422
    assert "A condition is not met: The parents agree" in page(without)
    assert acts() == before
    desk.post(f"/desk/tasks/{task.id}/grant/", stated | {"reasons": "电话里已同意"})
    assert Verdict.objects.get(case=case).reasons == "电话里已同意"


def test_reasons_too_long_are_told_at_their_field(root, clerk, desk):
    task = accepted(root, clerk)
    before = acts()

    long = {"grounds": "born-here", "reasons": "长" * 2001}
    answer = desk.post(f"/desk/tasks/{task.id}/refuse/", long)

    assert answer.status_code == 422 and acts() == before
    assert "At most 2000 characters; this has 2001. Please shorten it." in page(answer)
    assert "长" * 2001 in page(answer)


def test_a_refusal_names_the_condition_and_is_looked_at_first(root, clerk, desk):
    task = accepted(root, clerk)
    url = f"/desk/tasks/{task.id}/refuse/"
    given = {"grounds": "born-here", "reasons": "分娩记录与申请不符 {x}"}
    before = acts()

    none = desk.post(url, {"reasons": "没有选条件"})
    empty = desk.post(url, {"grounds": "born-here"})
    look = desk.post(url, given)

    assert none.status_code == empty.status_code == 422
    assert "没有选条件" in page(none)
    assert "was refused. Rule: The child was born in a maternity hospital" in page(look)
    assert "review" in page(look)  # the way to appeal
    assert acts() == before
    assert not Verdict.objects.exists()

    desk.post(url, given | {"seen": seen(look)})

    verdict = Verdict.objects.get(case=task.case_id)
    assert not verdict.granted
    assert verdict.basis == "孩子在江城的助产医院出生（《中华人民共和国母婴保健法》第二十三条）"
    told = Message.objects.filter(recipient=root.applicant_id).latest("created_at")
    assert "分娩记录与申请不符 {x}" in told.text["zh"]


def test_refusing_to_accept_needs_reasons_only(root, desk):
    task = task_of(root, BIRTH)
    url = f"/desk/tasks/{task.id}/not-accept/"
    look = desk.post(url, {"reasons": "不归本院办理"})

    desk.post(url, {"reasons": "不归本院办理", "seen": seen(look)})

    case = Case.objects.get(pk=task.case_id)
    assert (case.state, case.outcome) == ("not-accepted", "not-accepted")
    act = Act.objects.get(what="case.not_accepted")
    assert body_of(act) == {"reasons": "不归本院办理"}
    assert "母婴保健法" in act.basis


def test_a_late_answer_is_checked_in_words(root, clerk, desk):
    task = accepted(root, clerk)
    desk.post(f"/desk/tasks/{task.id}/grant/")
    case = Case.objects.select_related("root").get(pk=task.case_id)
    actions.open_verification(case, note="登记库迟到的答复不同", by=BY)
    task = task_of(root, BIRTH)

    text = page(desk.get(f"/desk/tasks/{task.id}/"))
    silent = desk.post(f"/desk/tasks/{task.id}/verify/", {"words": ""})
    done = desk.post(f"/desk/tasks/{task.id}/verify/", {"words": "已电话核实，无误"})

    assert "登记库迟到的答复不同" in text and "Nothing is revoked by itself." in text
    assert silent.status_code == 422
    assert done.status_code == 302
    task.refresh_from_db()
    assert (task.state, task.note) == ("done", "已电话核实，无误")


def test_a_bad_rating_is_made_good_in_words(root, clerk, desk):
    task = accepted(root, clerk)
    desk.post(f"/desk/tasks/{task.id}/grant/")
    mother = root.applicant
    actions.rate(task.case_id, person=mother.id, stars=1, words="等太久", by=actor(mother))
    task = task_of(root, BIRTH)

    text = page(desk.get(f"/desk/tasks/{task.id}/"))
    desk.post(f"/desk/tasks/{task.id}/make-good/", {"words": "已致电道歉"})

    assert "1 star of 5" in text and "等太久" in text
    assert Act.objects.filter(what="case.made_good").count() == 1


def test_each_verb_needs_its_permission(root, city):
    looker = at_desk(staff("maternity-hospital", "supervisor", "3"))
    task = task_of(root, BIRTH)
    police = at_desk(staff(*POLICE))
    before = acts()
    verbs = ("claim", "accept", "not-accept", "ask", "grant", "refuse", "hand-over", "put-back",
             "verify", "make-good")  # fmt: skip

    for verb in verbs:
        answer = looker.post(f"/desk/tasks/{task.id}/{verb}/", {"reasons": "x", "words": "x"})
        assert answer.status_code == 403, verb
        assert looker.get(f"/desk/tasks/{task.id}/{verb}/").status_code in (403, 405)

    for verb in verbs:
        answer = police.post(f"/desk/tasks/{task.id}/{verb}/", {"reasons": "x", "words": "x"})
        assert answer.status_code == 403, verb
    assert acts() == before
    assert task_of(root, BIRTH).state == "open"


def test_after_a_task_the_next_most_urgent_is_offered(city):
    one = uncertified(city)
    two = sent(settle(city, certified=False, serial=7), key="key-2")
    task, other = task_of(one, BIRTH), task_of(two, BIRTH)
    clerk = staff("maternity-hospital", "hospital-clerk")
    desk = at_desk(clerk)
    look = desk.post(f"/desk/tasks/{task.id}/ask/", {"note": NOTE})

    done = desk.post(f"/desk/tasks/{task.id}/ask/", {"note": NOTE, "seen": seen(look)})

    text = page(desk.get(done.url))
    assert f"/desk/tasks/{other.id}/" in text and "Next task" in text
    mine = page(desk.get("/desk/?tab=done"))
    assert f"{one.number}-1" in mine


def test_a_document_opens_for_the_office_that_needs_it_only(city, tmp_path, settings):
    settings.FILES_ROOT = tmp_path
    root = uncertified(city)
    mother = actor(root.applicant)
    file = SimpleUploadedFile("id.jpg", jpg(), "image/jpeg")
    document = keep(file, root=root.id, by=mother, accept=("jpg",), max_mb=1, party="mother")
    actions.give_paper(root, material="id-card", role="mother", index=0, document=document.id)
    url = f"/desk/files/{document.id}/"

    text = page(at_desk(staff(*HOSPITAL)).get(f"/desk/tasks/{task_of(root, BIRTH).id}/"))

    assert at_desk(staff(*HOSPITAL, "2")).get(url).status_code == 200
    assert at_desk(staff("tax", "department-head")).get(url).status_code == 404
    assert at_desk(staff(*HEALTH)).get(url).status_code == 404
    assert at_desk(root.applicant).get(f"/my/files/{document.id}/").status_code == 200
    assert Act.objects.filter(what="file.read").count() == 1
    assert "Licence held" in text


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_press_take_at_once_one_has_it_and_one_is_told():
    queries.forget()
    city = load_city()
    root = uncertified(city)
    task = task_of(root, BIRTH)
    desks = [at_desk(staff(*HOSPITAL, number)) for number in ("1", "2")]
    codes: list[int] = []
    gate = threading.Barrier(2)

    def press(desk) -> None:
        gate.wait()
        try:
            codes.append(desk.post(f"/desk/tasks/{task.id}/claim/").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [302, 409]
    assert Act.objects.filter(what="task.claimed").count() == 1
    queries.forget()


def test_an_instant_case_says_nothing_is_to_do(city):
    root = sent(settle(city))
    decide_instantly(root.id)
    desk = at_desk(staff(*HOSPITAL))

    text = page(desk.get(f"/desk/cases/{root.number}-1/"))

    assert "by rule" in text
    assert load(root).plan.title.en
    assert "/desk/tasks/" not in text
