"""She sees that an office read her data, asks why, and is answered; a late office is reported."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.journeys.people import mother
from tests.journeys.visitor import DESKTOP

pytestmark = pytest.mark.browser

OFFICERS = {
    "maternity-hospital": ("clerk.hospital", "head.hospital"),
    "public-security": ("clerk.police", "head.police"),
    "human-resources": ("clerk.card", "head.social"),
    "medical-insurance": ("clerk.insurance", "head.insurance"),
    "health-commission": ("clerk.health", "head.health"),
}
ASKED = "SELECT id, department FROM stewardship_concern WHERE state = 'open'"
LATE = "UPDATE stewardship_concern SET due_on = due_on - 30 WHERE state = 'open'"
HOURLY = """
import django
django.setup()
from yiwang.stewardship.jobs import escalate_late
escalate_late(0)
"""


def choose_office(her):
    """Where several departments read at once, the first is asked."""
    offices = her.main.get_by_role("group", name="你要问哪个部门？")
    if offices.count():
        offices.get_by_role("radio").first.check()


def test_she_asks_why_and_the_office_answers_in_words(visitor, town):
    her = visitor()
    her.sign_in(mother("question"))
    her.begin()
    her.answer(until="社保卡选哪家银行")

    her.open("/my/data/")
    her.see("对这次查询提出疑问", "人口库")
    her.look()
    with her.page.expect_navigation():
        her.link(re.compile("对这次查询提出疑问.*人口库")).click()
    her.look()
    her.press("提交疑问")
    assert her.main.get_by_role("alert").count()
    her.look()
    her.main.get_by_label("查的内容比办这件事需要的多").check()
    choose_office(her)
    her.main.get_by_label("你想问什么？").fill("为什么要看我的居住地？")
    her.press("提交疑问")
    her.see("已收到你的疑问", "为什么要看我的居住地？")
    her.look()

    [[id, department]] = town.rows(ASKED)
    desk = visitor(size=DESKTOP)
    desk.sign_in(OFFICERS[department][0])
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name="数据疑问").first.click()
    desk.look()
    desk.follow("查的内容比办这件事需要的多")
    desk.see("为什么要看我的居住地？", "人口库")
    desk.look()
    desk.main.get_by_label("查询合规").check()
    desk.main.get_by_label("你的答复").fill("接种门诊按居住地分配，只看到街道，不看门牌。")
    desk.press("发送答复")
    desk.see("答复已送达市民")

    her.open("/my/inbox/")
    her.follow(re.compile("您对数据查询的疑问有答复了"))
    her.see("接种门诊按居住地分配")
    her.open("/my/data/")
    her.see("为什么要看我的居住地？", "接种门诊按居住地分配，只看到街道，不看门牌。", "查询合规")
    her.look()
    her.open(f"/my/questions/{id}/")
    her.see("部门已答复")
    her.look()


def test_what_nobody_answers_comes_before_the_head(visitor, town):
    her = visitor(size=DESKTOP)
    her.sign_in(mother("unanswered"))
    her.begin()
    her.answer(until="社保卡选哪家银行")
    her.open("/my/data/")
    with her.page.expect_navigation():
        her.link(re.compile("对这次查询提出疑问")).click()
    her.main.get_by_label("我没有办这件事").check()
    choose_office(her)
    her.press("提交疑问")
    her.look()

    town.change(LATE)
    subprocess.run([sys.executable, "-c", HOURLY], env=town.env, check=True, timeout=60)

    her.page.reload()
    her.see("答复超期了", "已转该部门负责人督办")
    her.look()
    [[_id, department]] = town.rows(ASKED)
    head = visitor(size=DESKTOP)
    head.sign_in(OFFICERS[department][1])
    head.open("/desk/questions/")
    head.see("部门负责人督办")
    head.follow("我没有办这件事")
    head.see("现由你督办")
    head.look()
    head.main.get_by_label("不应查询").check()
    head.main.get_by_label("你的答复").fill("已核实，是多查了一次，已提醒经办人。")
    head.press("发送答复")
    her.open("/my/data/")
    her.see("不应查询", "已核实，是多查了一次，已提醒经办人。")
