"""A project passes its stages: what it waits for, what it need not say again, how it stops."""

from __future__ import annotations

import pytest

from yiwang.cases.errors import AwaitsReview, NoSuchCase
from yiwang.cases.models import Case, Task
from yiwang.identity.errors import NoMandate
from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.ledger.models import Act
from yiwang.licences.models import Licence
from yiwang.registers.models import Row
from yiwang.services.actions.course import (
    begin,
    begin_item,
    begin_stage,
    take_up_project,
    withdraw_project,
)
from yiwang.services.course import course_plan
from yiwang.services.models import Project, ProjectStage
from yiwang.services.pages.course_map import course_map
from yiwang.services.pages.project import project_page
from yiwang.services.projects import standing
from yiwang.services.tests.family import actor, outcomes
from yiwang.services.tests.office import at_desk, staff
from yiwang.services.tests.project import PARCEL, START, Site
from yiwang.services.tests.test_for_a_firm import owner
from yiwang.services.tests.visitor import visitor, words

LAND = {"project-approval", "site-opinion", "land-planning-permit", "eia-approval"}


@pytest.fixture
def site(city) -> Site:
    with moment.at(START):
        return Site(city)


def project() -> Project:
    return Project.objects.get()


def everything() -> tuple:
    return (
        list(Project.objects.values()), list(ProjectStage.objects.values()),
        list(Case.objects.order_by("id").values()), Act.objects.count(),
    )  # fmt: skip


# ---- what the declarations say -------------------------------------------------------------------


def test_what_waits_for_what_is_worked_out_from_what_items_read(city):
    plan = course_plan(city, "investment-project")

    assert len(plan.items) == 14
    assert plan.needs(1) == ("project-approval", "land-planning-permit")
    assert set(plan.needs(2)) == {
        "project-approval", "eia-approval", "planning-permit", "soil-conservation",
    }  # fmt: skip
    assert ("construction-permit", "eia-approval") in plan.shown_waits
    assert ("planning-permit", "project-approval") not in plan.shown_waits  # follows from another


def test_the_map_draws_every_item_and_every_wait_inside_its_frame(city):
    plan = course_plan(city, "investment-project")

    for drawing in course_map(plan, {}).drawings:
        assert len(drawing.boxes) == len(plan.items)
        assert len(drawing.lines) == len(plan.shown_waits)
        assert all(box.x >= 0 and box.x + box.wide <= drawing.wide for box in drawing.boxes)
        assert all(box.y + box.high <= drawing.high for box in drawing.boxes)
        places = [(box.x, box.y) for box in drawing.boxes]
        assert len(set(places)) == len(places)


# ---- passing the stages --------------------------------------------------------------------------


def test_the_first_stage_gives_the_code_and_writes_the_register(site):
    root = site.begin()
    site.grant_all(root, "eia-approval")

    code = project().code
    assert code.startswith("2026-9901")
    assert outcomes(root) == dict.fromkeys(LAND, "granted") | {"eia-approval": "submitted"}
    row = Row.objects.get(register="investment-projects", key=code).values
    assert (row["project_name"], row["parcel_no"]) == ("云帆新材料一期厂房", PARCEL)
    assert row["land_permit_no"].startswith("地字第")
    (licence,) = Licence.objects.filter(organisation=site.firm)
    assert licence.fields["project_code"] == code


def test_the_second_stage_begins_while_the_assessment_is_still_examined_and_asks_nothing_twice(
    site,
):
    first = site.begin()
    site.grant_all(first, "eia-approval")

    second, asked = site.stage(first.number, 1)

    assert asked == []
    assert set(outcomes(second)) == {"planning-permit", "soil-conservation"}
    now = standing(project())
    assert now.missing(2) == ("eia-approval", "planning-permit", "soil-conservation")


def test_a_stage_does_not_begin_before_what_it_needs_is_there(site):
    first = site.begin()
    site.grant(first, "project-approval")
    once = everything()

    with pytest.raises(Refusal):
        begin_stage(first.number, 1, person=site.person, by=actor(site.person))

    assert everything() == once


def test_a_project_passes_all_four_stages(site):
    first = site.begin()
    site.grant_all(first)
    second, _ = site.stage(first.number, 1)
    with pytest.raises(AwaitsReview):
        site.grant(second, "planning-permit")
    site.review(second)
    for case in Case.objects.filter(root=second, kind="service"):
        site_decide(site, case)
    third, asked = site.stage(project().code, 2)
    site.grant_all(third)
    fourth, last = site.stage(project().code, 3)
    site.grant_all(fourth)

    assert [ask.column.element for ask in asked] == [
        "contractor", "supervisor_firm", "water_demand", "power_demand",
    ]  # fmt: skip
    assert [ask.column.element for ask in last] == ["completed_on"]
    assert {root.state for root in Case.objects.filter(parent=None)} == {"closed"}
    assert outcomes(fourth) == {"planning-verification": "granted", "completion-filing": "granted"}
    page = project_page(project())
    assert page.over and not page.may_withdraw


def site_decide(site: Site, case: Case) -> None:
    """Decide an item, accepted before or not."""
    from yiwang.cases import actions  # noqa: PLC0415

    head = site.head(case.department)
    with moment.at(site.at()):
        if case.state == "submitted":
            actions.accept(case.id, staff=head)
        actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=head)


def test_two_projects_of_one_firm_do_not_mix(site):
    one = site.begin()
    site.grant_all(one, "eia-approval")
    two = site.begin(project__project_name="云帆二期")
    site.grant_all(two, "eia-approval")

    site.stage(one.number, 1)
    site.stage(two.number, 1)

    codes = [found.code for found in Project.objects.order_by("begun_at")]
    assert len(set(codes)) == 2
    names = [project_page(found).name for found in Project.objects.order_by("begun_at")]
    assert names == ["云帆新材料一期厂房", "云帆二期"]


def test_a_later_stage_is_not_begun_without_its_project(site):
    once = everything()

    with pytest.raises(Refusal):
        begin(
            "bundle", "project-design", "firm", person=site.person, firm=site.firm.id,
            by=actor(site.person),
        )  # fmt: skip

    assert everything() == once


# ---- withdrawn half way --------------------------------------------------------------------------


def test_withdrawn_half_way_what_was_granted_stands(site):
    first = site.begin()
    site.grant_all(first, "eia-approval")
    second, _ = site.stage(first.number, 1)

    withdraw_project(project().code, person=site.person, words="资金", by=actor(site.person))

    assert project().state == "withdrawn"
    assert outcomes(first)["land-planning-permit"] == "granted"
    assert outcomes(first)["eia-approval"] == "withdrawn"
    assert set(outcomes(second).values()) == {"withdrawn"}
    assert Licence.objects.filter(organisation=site.firm).count() == 1
    once = everything()
    with pytest.raises(Refusal):
        begin_stage(first.number, 1, person=site.person, by=actor(site.person))
    with pytest.raises(Refusal):
        withdraw_project(first.number, person=site.person, words="", by=actor(site.person))
    assert everything() == once


def test_taken_up_again_the_stage_begins_anew(site):
    first = site.begin()
    site.grant_all(first, "eia-approval")
    second, _ = site.stage(first.number, 1)
    withdraw_project(first.number, person=site.person, words="", by=actor(site.person))

    take_up_project(first.number, person=site.person, by=actor(site.person))
    again, _ = site.stage(first.number, 1)

    assert again.id != second.id
    assert standing(project()).begun[1].id == again.id
    acts = Act.objects.filter(what__startswith="project.").order_by("at", "id")
    assert [act.what for act in acts if act.what != "project.begun"][-3:] == [
        "project.stage_begun", "project.withdrawn", "project.taken_up",
    ] or "project.taken_up" in [act.what for act in acts]  # fmt: skip


def test_taken_up_again_what_was_taken_back_is_applied_for_alone_and_the_next_stage_begins(site):
    first = site.begin()
    site.grant(first, "project-approval")
    withdraw_project(first.number, person=site.person, words="", by=actor(site.person))
    code = project().code
    take_up_project(code, person=site.person, by=actor(site.person))
    now = standing(project())
    assert [id for id in now.plan.items if now.may_apply(id)] == ["site-opinion", "eia-approval"]

    site.alone(code, "site-opinion")
    land, asked = site.alone(code, "land-planning-permit")

    assert asked == []
    assert (land.kind, land.outcome) == ("service", "granted")
    row = Row.objects.get(register="investment-projects", key=code).values
    assert row["land_permit_no"].startswith("地字第") and row["site_opinion_no"]
    assert project().code == code
    second, _ = site.stage(code, 1)
    assert set(outcomes(second)) == {"planning-permit", "soil-conservation"}


def test_an_item_is_not_applied_for_alone_while_its_stage_runs_or_before_what_it_needs(site):
    first = site.begin()
    site.grant(first, "project-approval")
    by = actor(site.person)
    once = everything()
    for what in ("eia-approval", "project-approval", "fire-acceptance"):
        with pytest.raises(Refusal):
            begin_item(first.number, what, person=site.person, by=by)
    with pytest.raises(NoSuchCase):
        begin_item(first.number, "newborn", person=site.person, by=by)
    assert everything() == once

    withdraw_project(first.number, person=site.person, words="", by=by)
    take_up_project(first.number, person=site.person, by=by)
    once = everything()
    with pytest.raises(Refusal, match="选址意见书"):
        begin_item(first.number, "land-planning-permit", person=site.person, by=by)
    assert everything() == once


def test_an_item_begun_alone_is_gone_with_the_project(site):
    first = site.begin()
    site.grant(first, "project-approval")
    by = actor(site.person)
    withdraw_project(first.number, person=site.person, words="", by=by)
    take_up_project(first.number, person=site.person, by=by)
    draft = begin_item(first.number, "site-opinion", person=site.person, by=by)
    assert begin_item(first.number, "site-opinion", person=site.person, by=by).id == draft.id

    withdraw_project(first.number, person=site.person, words="", by=by)

    draft.refresh_from_db()
    assert draft.state == "withdrawn"


def test_nobody_else_touches_or_sees_the_project(site, city):
    first = site.begin()
    stranger = owner(city, 4, "董乐")
    once = everything()

    for act in (
        lambda: withdraw_project(first.number, person=stranger, words="", by=actor(stranger)),
        lambda: begin_stage(first.number, 1, person=stranger, by=actor(stranger)),
    ):
        with pytest.raises((NoSuchCase, NoMandate)):
            act()

    assert everything() == once
    assert visitor(stranger).get(f"/my/projects/{first.number}/").status_code == 404


# ---- pages ---------------------------------------------------------------------------------------


def test_the_page_shows_stages_the_map_and_what_to_do(site):
    first = site.begin()
    site.grant_all(first, "eia-approval")
    client = visitor(site.person, language="zh")

    page = client.get(f"/my/projects/{project().code}/")

    text = words(page)
    assert "云帆新材料一期厂房" in text and project().code in text
    assert "开始第2阶段" in text
    assert "等这些办好就能开始： 环" not in text
    assert page.content.decode().count("y-map-stage") == 8
    assert "建设项目环境影响评价审批" in text
    assert client.get("/my/projects/").status_code == 200
    sent = client.post(f"/my/projects/{first.number}/stages/1/")
    assert sent["Location"].startswith("/my/drafts/")
    assert client.post(f"/my/projects/{first.number}/stages/9/").status_code == 404


def test_the_firm_reads_what_is_known_of_its_project_and_no_heading_is_said_twice(site):
    first = site.begin()
    site.grant_all(first, "eia-approval")
    begin_stage(first.number, 1, person=site.person, by=actor(site.person))
    client = visitor(site.person, language="zh")
    draft = client.post(f"/my/projects/{first.number}/stages/1/")["Location"]

    text = words(client.get(f"{draft}check/"))

    assert "云帆新材料一期厂房" in text and "18000" in text
    assert "不向您显示" not in text and "项目的项目名称" not in text


def test_departments_concerned_see_the_same_page_and_others_do_not(site):
    first = site.begin()
    water = at_desk(staff("water-affairs", "project-clerk", "5"))
    health = at_desk(staff("health-commission", "health-clerk", "6"))

    assert "云帆新材料一期厂房" in water.get(f"/desk/projects/{first.number}/").content.decode()
    assert health.get(f"/desk/projects/{first.number}/").status_code == 404


def test_the_desk_names_the_firm_and_whoever_sent_it(site):
    root = site.begin()
    client = at_desk(site.head("development-reform"))
    client.cookies["django_language"] = "zh-hans"
    task = Task.objects.get(case__root=root, case__what="project-approval", state="open")

    listed = words(client.get("/desk/"))
    opened = words(client.get(f"/desk/tasks/{task.id}/"))
    whole = words(client.get(f"/desk/cases/{root.number}/"))

    assert site.firm.name in listed and site.person.name not in listed
    assert f"{site.firm.name}（由 {site.person.name} 提交）" in opened
    assert site.firm.name in whole and site.person.name not in whole


def test_guides_of_a_stage_and_its_items_lead_to_the_course_not_into_a_refusal(city, client):
    item, stage, first = (
        client.get(f"/{path}/").content.decode()
        for path in ("services/eia-approval", "things/project-design", "things/project-land")
    )

    assert "/my/start/" not in item and "/my/start/" not in stage
    assert "/my/start/things/project-land/" in first
    assert all('href="/projects/investment-project/"' in page for page in (item, stage, first))


def test_the_guide_is_for_everyone(city, client):
    page = client.get("/projects/investment-project/")

    assert page.status_code == 200
    assert page.content.decode().count("y-map-stage") == 8
