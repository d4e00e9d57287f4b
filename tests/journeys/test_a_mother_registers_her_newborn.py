"""A mother gets her newborn's seven papers by answering a few questions once, going nowhere."""

from __future__ import annotations

import re

import pytest

from tests.journeys.people import mother
from tests.journeys.visitor import DESKTOP
from tests.journeys.words import EN

pytestmark = pytest.mark.browser

CHILDS = ["出生医学证明", "预防接种证", "户口页", "医保电子凭证", "社会保障卡", "科学育儿指导卡"]


def test_on_her_phone_from_the_first_page_to_the_rating(visitor):
    her = visitor()
    her.open("/")
    her.look()
    her.follow(re.compile("新生儿出生一件事"))
    her.see("五个工作日", "办好能拿到什么")
    her.look()

    her.press("我是妈妈，开始办理")
    her.look()
    her.fill_sign_in(mother("phone"))
    her.press("我是妈妈，开始办理")
    screens = her.answer(look=True)
    assert len(screens) == 6
    assert her.path.endswith("/check/")
    her.see("请核对，然后提交", "林小满")
    her.look()

    number = her.sign_and_send(look=True)
    her.see("我们已收到您的申请", number)
    her.main.get_by_text("已办结", exact=True).nth(6).wait_for()
    assert her.main.get_by_text("当场办好").count() == 7
    her.see("已全部办结")
    her.look()

    her.follow("查看办件进度")
    her.see("7 件中已办好 7 件")
    her.look()
    her.open("/my/wallet/")
    wallet = her.reads()
    assert "林小满（你是监护人）" in wallet
    assert [one for one in CHILDS if one not in wallet] == []
    her.look()
    her.follow("出生医学证明")
    her.see("林小满", "女", number)
    her.look()

    her.open("/my/data/")
    her.see("人口库", f"办件 {number}", "《中华人民共和国母婴保健法》第二十三条")
    her.look()

    her.open(f"/my/matters/{number}/")
    her.press(re.compile("5 星"))
    assert her.main.get_by_text("您打了 5 星").count() == 7
    assert her.main.get_by_role("button", name=re.compile("5 星")).count() == 0


def test_at_a_desk_in_english_with_the_code_from_her_messages(visitor):
    her = visitor(words=EN, size=DESKTOP, dark=True)
    her.sign_in(mother("desktop"))
    her.look()
    number = her.begin()
    her.answer(look=True)
    her.look()

    her.press("Send me a code")
    her.open("/my/inbox/")
    her.look()
    her.follow(re.compile("Code for your signature"))
    her.look()
    code = re.search(r"(?<!\d)\d{6}(?!\d)", her.reads())
    assert code
    her.open(f"/my/drafts/{number}/check/")
    her.page.get_by_label("Six-digit code").fill(code.group())
    her.press("Sign and send")
    her.main.get_by_text("decided at once").nth(6).wait_for()
    her.look()

    her.open(f"/my/matters/{number}/")
    her.see("7 of 7 items granted")
    assert not re.search("[\u4e00-\u9fff]", her.reads()), her.reads()
    her.look()
    for path in ("/my/wallet/", "/my/data/", "/my/", "/services/household-registration/"):
        her.open(path)
        her.look()


def test_in_the_large_view_one_question_at_a_time(visitor):
    her = visitor(elder=True)
    her.open("/")
    her.look()
    her.sign_in(mother("elder"))
    her.begin()
    screens = her.answer(look=True)
    her.look()

    assert len(screens) == 10
    her.sign_and_send()
    her.main.get_by_text("已办结", exact=True).nth(6).wait_for()
    her.look()
    for path in ("/things/newborn/", "/my/", "/my/wallet/", "/my/data/", "/my/inbox/"):
        her.open(path)
        her.look()


def test_a_switch_on_every_page_changes_language_and_size_and_stays(visitor):
    anyone = visitor()
    anyone.open("/things/newborn/")

    with anyone.page.expect_navigation():
        anyone.page.get_by_role("button", name="English").click()
    assert anyone.path == "/things/newborn/"
    anyone.see("What you get")
    with anyone.page.expect_navigation():
        anyone.page.get_by_role("button", name="Large view").click()
    anyone.open("/services/birth-certificate/")
    anyone.look()

    html = anyone.page.locator("html")
    assert html.get_attribute("lang") == "en"
    assert "elder" in (html.get_attribute("class") or "")
