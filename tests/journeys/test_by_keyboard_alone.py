"""A mother and a clerk without a mouse: everything is reached, seen and done by keys."""

from __future__ import annotations

import re

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.people import mother
from tests.journeys.test_five_clerks_decide_one_birth import apply
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

FOCUS = """() => { const one = document.activeElement;
  const label = one.labels?.length ? one.labels[0].innerText : one.innerText;
  return [one.tagName, one.type || "", (label || one.value || "").trim()]; }"""


def tab_to(who: Visitor, name: str, tag: str = "", most: int = 60) -> None:
    """Press Tab until the focus stands on what is called `name`, and can be seen there."""
    for _ in range(most):
        who.page.keyboard.press("Tab")
        found_tag, _, label = who.page.evaluate(FOCUS)
        if name in label and (not tag or tag == found_tag):
            style = "getComputedStyle(document.activeElement)"
            drawn = f"{style}.outlineStyle + {style}.boxShadow"
            assert who.page.evaluate(drawn) != "nonenone", f"no mark of focus on {name}"
            return
    raise AssertionError(f"Tab does not come to “{name}” on {who.path}")


def enter(who: Visitor) -> None:
    """Press Enter and wait for the page that follows."""
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")


def choose(who: Visitor, value: str) -> None:
    """Tab into the next group of choices and go down to `value`."""
    for _ in range(60):
        who.page.keyboard.press("Tab")
        if who.page.evaluate(FOCUS)[1] == "radio":
            break
    who.page.keyboard.press("Space")
    for _ in range(10):
        if who.page.evaluate(FOCUS)[2] == value:
            return
        who.page.keyboard.press("ArrowDown")
    raise AssertionError(f"no choice “{value}” on {who.path}")


def test_a_mother_fills_in_her_form(visitor):
    her = visitor()
    her.sign_in(mother("keys"))
    her.open("/things/newborn/")
    her.page.keyboard.press("Tab")
    assert "跳到" in her.page.evaluate(FOCUS)[2]
    her.page.keyboard.press("Enter")
    tab_to(her, "我是妈妈，开始办理", "BUTTON")
    enter(her)

    tab_to(her, "孩子叫什么名字？", "INPUT")
    her.page.keyboard.type("林小满")
    enter(her)
    for value in ("电话和视频", "随母亲", "江城银行"):
        choose(her, value)
        enter(her)
    choose(her, "只要电子版")
    choose(her, "否")
    enter(her)
    for _ in range(3):
        choose(her, "同意")
    enter(her)

    assert her.path.endswith("/check/")
    tab_to(her, "获取验证码", "BUTTON", most=120)
    enter(her)
    tab_to(her, "6 位验证码", "INPUT", most=120)
    her.page.keyboard.type(her.told_code())
    enter(her)
    her.main.get_by_text("当场办好").nth(6).wait_for()


def test_a_clerk_takes_accepts_and_grants(visitor):
    her = visitor()
    number = apply(her, "keyclerk")
    clerk = Clerk(visitor, "clerk.hospital").at
    clerk.open("/desk/")

    keys = clerk.page.keyboard
    for _ in range(20):
        keys.press("j")
        if number in clerk.page.evaluate(FOCUS)[2]:
            break
    with clerk.page.expect_navigation():
        keys.press("c")
    clerk.see(f"您已领取{number}-1")
    tab_to(clerk, "打开", "A")
    enter(clerk)
    tab_to(clerk, "受理", "BUTTON")
    enter(clerk)
    assert "接着办：审批" in clerk.page.evaluate(FOCUS)[2]
    enter(clerk)
    tab_to(clerk, "同意", "BUTTON")
    enter(clerk)
    clerk.see("出生医学证明首次签发")

    keys.press("?")
    assert clerk.page.get_by_role("dialog").get_by_role("heading").is_visible()
    clerk.look()
    keys.press("Escape")
    assert clerk.page.get_by_role("dialog").count() == 0
    her.open(f"/my/matters/{number}/")
    her.see("7 件中已办好 1 件")
    assert re.search("出生医学证明首次签发：办好了", her.reads())
