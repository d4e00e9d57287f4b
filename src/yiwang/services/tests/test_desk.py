"""The desk: what a clerk finds, sees and may not see, by HTTP, on the real pack."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yiwang.cases.models import Case, Task
from yiwang.ledger.models import Act
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.pages.clearance import Clearance
from yiwang.services.queries import load
from yiwang.services.tests.family import settle
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


def test_the_worklist_masks_names_and_counts_what_is_urgent(city):
    root = uncertified(city)
    Task.objects.update(due_on="2020-01-02")

    text = page(at_desk(staff(*HOSPITAL)).get("/desk/"))

    assert "林*" in text
    assert "林秋" not in text
    assert f"{root.number}-1" in text
    assert '<span>Late</span> <span class="y-digits">1</span>' in text
    assert "working days late" in text


def test_a_clerk_finds_only_the_items_of_their_own_office_and_role(city):
    uncertified(city)

    police = page(at_desk(staff(*POLICE)).get("/desk/"))
    other_role = page(at_desk(staff("maternity-hospital", "health-clerk", "9")).get("/desk/"))

    assert "Nothing is waiting" in police
    assert "Nothing is waiting" in other_role


def test_the_list_is_cut_by_step_item_number_and_day_kept_in_the_address(city):
    root = uncertified(city)
    desk = at_desk(staff(*HOSPITAL))
    number = f"{root.number}-1"

    for query in ("verb=accept", "what=birth-certificate", f"find={number[3:]}", "due=soon"):
        assert number in page(desk.get(f"/desk/?{query}")), query
    for query in ("verb=decide", "what=elsewhere", "find=999999", "due=late"):
        assert "Nothing matches" in page(desk.get(f"/desk/?{query}")), query
    assert desk.get("/desk/?page=x&tab=<script>&due=x").status_code == 200
    assert desk.get("/desk/?due=%00").status_code == 400


def test_two_hundred_tasks_cost_no_more_queries_than_one(city):
    root = uncertified(city)
    desk = at_desk(staff(*HOSPITAL))
    model = Case.objects.get(number=f"{root.number}-1")
    for n in range(200):
        model.pk, model.number = None, f"JC-{n:04d}"
        model.id = Case._meta.pk.get_default()
        model.save(force_insert=True)
        Task.objects.create(case=model, verb="accept", department=model.department)

    with CaptureQueriesContext(connection) as with_many:
        answer = desk.get("/desk/")

    assert len(with_many) <= 7  # session, account, live pack, counts, items, rows
    assert page(answer).count("data-row") == 50
    assert '<span class="y-digits">201</span>' in page(answer)


def test_a_task_shows_what_is_needed_to_decide_and_opening_it_is_an_act(city):
    root = uncertified(city)
    clerk = staff(*HOSPITAL)
    task = task_of(root, "birth-certificate")

    text = page(at_desk(clerk).get(f"/desk/tasks/{task.id}/"))

    assert "Check and accept · Birth certificate · 林小满" in text
    assert "The child was born in a maternity hospital of Jiangcheng" in text
    assert "Not decided at once, because this is not so" in text
    assert "Licence held, number id-card-" in text
    assert "Household registration of a newborn" in text
    assert "waits for this" in text
    assert "The limits stand still until the answer is there." in text
    act = Act.objects.get(what="task.opened")
    assert act.case == task.case_id
    assert root.applicant_id in act.subjects
    assert act.purpose == "service:birth-certificate"
    assert "母婴保健法" in act.basis


def test_before_deciding_one_reads_what_a_grant_will_do(city):
    root = uncertified(city)
    clerk = staff(*HOSPITAL)
    desk = at_desk(clerk)
    desk.post(f"/desk/tasks/{task_of(root, 'birth-certificate').id}/accept/")

    text = page(desk.get(f"/desk/tasks/{task_of(root, 'birth-certificate').id}/"))

    assert "Issues “Birth certificate” to 林小满" in text
    assert "Writes into the register “Birth records”" in text
    assert "Lets begin: Household registration of a newborn" in text


def test_what_a_department_may_not_see_is_not_in_the_page(city):
    root = sent(settle(city), child__name="王小满", child__surname_reason="随外婆姓")
    decide_instantly(root.id)
    task = task_of(root, "birth-certificate")

    text = page(at_desk(staff(*HOSPITAL)).get(f"/desk/tasks/{task.id}/"))

    assert "1800.00" not in text and "1,800" not in text  # maternity bills
    assert "6200990000000001" not in text  # bank account
    assert "H040" not in text and "household number" not in text.lower()


def test_a_register_value_is_seen_only_with_a_grant(city):
    root = uncertified(city)
    case = Case.objects.select_related("root").get(number=f"{root.number}-1")
    matter = load(case.root)
    item = matter.plan.by_id["birth-certificate"]
    ours = Clearance(matter, item, 0, "maternity-hospital")
    theirs = Clearance(matter, item, 0, "tax")

    weight = next(c for c in item.needs() if str(c) == "child.birth_weight")
    phone = next(c for c in item.needs() if str(c) == "case.contact_phone")

    assert ours.shown(weight, 0).value == "3200 克"
    assert (theirs.shown(weight, 0).value, theirs.shown(weight, 0).hidden) == ("", True)
    assert theirs.shown(phone, 0).value == "13800000000"


def test_somebody_elses_task_and_a_missing_one_are_refused_in_words(city):
    root = uncertified(city)
    task = task_of(root, "birth-certificate")
    acts = Act.objects.count()

    police = at_desk(staff(*POLICE))
    other = police.get(f"/desk/tasks/{task.id}/")
    missing = police.get("/desk/tasks/00000000-0000-7000-8000-000000000000/")

    assert other.status_code == 403
    assert "This is handled by" in page(other)
    assert missing.status_code == 404
    assert "林秋" not in page(other)
    assert Act.objects.exclude(what="identity.account_opened").count() <= acts


def test_a_resident_does_not_enter_the_desk(city):
    root = uncertified(city)

    answer = at_desk(root.applicant).get("/desk/")

    assert answer.status_code == 403
    assert "This is where staff work" in page(answer)


def test_a_case_is_found_by_its_number(city):
    root = uncertified(city)
    task = task_of(root, "birth-certificate")
    desk = at_desk(staff(*HOSPITAL))

    assert desk.get(f"/desk/find/?find={root.number}").url == f"/desk/tasks/{task.id}/"
    assert "No such case in your department" in page(desk.get("/desk/find/?find=99"))
    police = at_desk(staff(*POLICE))
    assert police.get(f"/desk/find/?find={root.number}").url.endswith(f"{root.number}-3/")


def test_a_case_is_read_by_its_own_office_only(city):
    root = uncertified(city)
    desk = at_desk(staff(*HOSPITAL))

    whole = page(desk.get(f"/desk/cases/{root.number}/"))
    own = page(desk.get(f"/desk/cases/{root.number}-1/"))
    other = desk.get(f"/desk/cases/{root.number}-3/")

    assert "Household registration of a newborn" in whole and "林秋" not in whole
    assert "林小满" in own
    assert other.status_code == 403 and "林小满" not in page(other)
    assert Act.objects.filter(what="case.opened").count() == 1
    assert desk.get("/desk/cases/JC-1/").status_code == 404


def test_a_supervisor_sees_figures_and_nobody(city):
    uncertified(city)
    desk = at_desk(staff("data-bureau", "supervisor"))

    assert desk.get("/desk/").url == "/desk/departments/"
    text = page(desk.get("/desk/departments/"))

    assert "Maternity" in text and "林" not in text
    assert desk.get("/desk/find/?find=JC-2026").status_code == 403


def test_ones_own_page_says_what_one_may_do(city):
    text = page(at_desk(staff(*HEALTH)).get("/desk/me/"))

    assert "Maternal and child health clerk" in text
    assert "Accept applications" in text
