"""Wrong input, doubled input, input too late, input of strangers: a clear answer, nothing lost,
nothing false on record."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.people import mother
from tests.journeys.test_five_clerks_decide_one_birth import GU, PAPERS, apply
from tests.journeys.visitor import DESKTOP
from yiwang.kernel import moment
from yiwang.web.demo.uploads import page

pytestmark = pytest.mark.browser

ITEMS = "SELECT count(*) FROM cases_case WHERE applicant_id = (SELECT person_id" \
    " FROM identity_account WHERE username = %s) AND kind = 'service'"  # fmt: skip
FACT = (
    "SELECT f.value FROM cases_fact f JOIN cases_case c ON c.id = f.root_id"
    " WHERE c.number = %s AND f.element = %s"
)


def test_a_wrong_identity_number_a_day_to_come_and_what_was_typed_stays(visitor, town):
    her = visitor()
    her.sign_in(mother("typing"))
    number = her.begin()
    her.open(f"/my/drafts/{number}/contest/father--0--id_number--/")
    box = her.main.get_by_role("textbox")
    box.fill("99010219930809123")
    her.press("保存")
    her.see("请先更正以下内容")
    assert her.main.get_by_role("textbox").input_value() == "99010219930809123"
    her.look()
    told = her.main.get_by_role("alert").inner_text()
    assert "18" in told, told

    tomorrow = moment.today() + timedelta(days=2)
    her.open(f"/my/drafts/{number}/contest/child--0--birth_date--/")
    her.main.get_by_label(re.compile("哪一天出生")).fill(tomorrow.isoformat())
    her.press("保存")
    told = her.main.get_by_role("alert").inner_text()
    assert "今天" in told, told
    her.look()
    her.main.get_by_role("alert").get_by_role("link").click()
    assert her.page.evaluate("document.activeElement.type") == "date"
    stated = [v for e in ("id_number", "birth_date") for (v,) in town.rows(FACT, number, e)]
    assert tomorrow.isoformat() not in stated
    assert "99010219930809123" not in stated


def test_a_file_of_thirty_megabytes_and_of_the_wrong_kind_is_refused_and_the_others_kept(
    visitor, town, tmp_path
):
    her = visitor()
    her.sign_in(mother("paper"))
    number = her.begin()
    her.answer(**GU)
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(30_000_000)
    her.main.get_by_label(PAPERS[0]).set_input_files(film)
    her.see("文件太大")
    her.look()
    for title in PAPERS[1:]:
        her.upload(title, f"{title}.pdf", "application/pdf", page(title))
    her.press("保存并继续")
    told = her.main.get_by_role("alert").inner_text()
    assert "MB" in told, told
    assert kept(town, number) == 3

    her.upload(PAPERS[0], "notes.exe", "application/octet-stream", b"MZ" + b"\0" * 2000)
    her.press("保存并继续")
    told = her.main.get_by_role("alert").inner_text()
    assert "PDF" in told.upper(), told
    her.look()
    assert kept(town, number) == 3
    her.upload(PAPERS[0], "consent.pdf", "application/pdf", page("consent"))
    her.press("保存并继续")
    assert her.path.endswith("/check/")


def kept(town, number: str) -> int:
    """How many documents of a draft are on file."""
    query = (
        "SELECT count(*) FROM cases_supplied s JOIN cases_case c ON c.id = s.root_id"
        " WHERE c.number = %s"
    )
    return town.rows(query, number)[0][0]


def test_a_form_sent_twice_is_one_matter_and_a_wrong_code_sends_nothing(visitor, town):
    her = visitor()
    her.sign_in(mother("twice"))
    number = her.begin()
    her.answer()
    her.press("获取验证码")
    code = her.told_code()
    her.page.get_by_label("6 位验证码").fill(f"{(int(code) + 1) % 1_000_000:06d}")
    her.press("签名并提交")
    her.see("请先更正以下内容")
    her.look()
    assert town.rows(ITEMS, mother("twice")) == [(0,)]

    her.page.get_by_label("6 位验证码").fill(code)
    her.button("签名并提交").evaluate(
        """button => { const form = button.form;
        fetch(form.action, {method: "POST", body: new FormData(form)}); }"""
    )
    her.button("签名并提交").dblclick()
    her.page.wait_for_url("**/sent/")
    her.see(number)
    her.main.get_by_text("当场办好").nth(6).wait_for()
    assert town.rows(ITEMS, mother("twice")) == [(7,)]
    her.open(f"/my/drafts/{number}/check/")
    assert her.path == f"/my/matters/{number}/"


def test_two_clerks_decide_at_once_and_the_second_is_told(visitor, town):
    her = visitor()
    number = apply(her, "race")
    first, second = Clerk(visitor, "clerk.hospital"), Clerk(visitor, "clerk.hospital2")
    first.take("出生医学证明首次签发", number)
    task = first.at.path
    first.at.press("退回待办")
    first.at.open(task)
    second.at.open(task)
    first.at.press("受理", exact=True)
    second.at.press("受理", exact=True)
    second.at.look()
    told = second.at.main.get_by_role("alert").inner_text()
    assert "可能已有人先办了" in told
    assert town.rows(
        "SELECT count(*) FROM ledger_act a JOIN cases_case c ON c.id = a.case"
        " WHERE c.number = %s AND a.what = 'case.accepted'",
        f"{number}-1",
    ) == [(1,)]

    card = Clerk(visitor, "clerk.card")
    card.at.open(task)
    assert "顾南枝" not in card.at.page.content()
    card.at.look()


def test_a_step_out_of_order_and_a_strangers_number_show_nothing(visitor, town):
    her, stranger = visitor(), visitor()
    her.sign_in(mother("strangers"))
    number = her.begin()
    her.answer(until="育儿指导")
    stranger.sign_in(mother("typing"))
    for path in ("drafts/{}/", "drafts/{}/check/", "matters/{}/", "matters/{}/sent/"):
        stranger.open("/my/" + path.format(number))
        stranger.see("没有")
        assert "林小满" not in stranger.page.content()
    stranger.look()

    her.open(f"/my/matters/{number}/sent/")
    her.look()
    her.see("还有", "没有回答")  # not sent yet: what is left to do
    her.open(f"/my/matters/{number}/rate/")
    her.look()
    her.open(f"/my/drafts/{number}/check/")
    her.see("还有")
    assert her.main.get_by_role("button", name="签名并提交").count() == 0


def test_a_session_that_ran_out_in_mid_form_loses_nothing(visitor, town):
    her = visitor()
    her.sign_in(mother("expired"))
    number = her.begin()
    her.answer_page(her.words["answers"])
    session = next(c for c in her.context.cookies() if c["name"] == "sessionid")
    town.change("DELETE FROM django_session WHERE session_key = %s", session["value"])

    her.press("继续")
    assert her.path == "/sign-in/"
    her.look()
    her.fill_sign_in(mother("expired"))
    her.look()
    her.press("继续")
    assert her.path == f"/my/drafts/{number}/"
    assert ("林小满",) in town.rows(FACT, number, "name")


def test_a_script_in_a_name_is_only_text(visitor, town):
    her = visitor(size=DESKTOP)
    her.sign_in(mother("script"))
    number = her.begin()
    evil = "<img src=x onerror=alert(1)>"
    name = "<i onload=x()>"
    her.main.get_by_role("textbox").fill(name)
    her.press("继续")
    assert her.main.get_by_role("textbox").input_value() == name
    her.look()
    assert town.rows(FACT, number, "name")
    assert (name,) not in town.rows(FACT, number, "name")

    her.answer(until="有事打哪个手机号")
    her.main.get_by_label("邮寄到家").check()
    her.main.get_by_role("group", name=re.compile("照片")).get_by_label("否").check()
    her.press("继续")
    her.main.get_by_label(re.compile("收件人")).fill(evil)
    her.main.get_by_label(re.compile("寄到哪里")).fill(f"{evil}1号")
    her.press("继续")
    her.answer()
    her.see(evil)
    her.look()
    her.sign_and_send()
    her.open(f"/my/matters/{number}/")
    her.look()
