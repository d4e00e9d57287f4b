"""A school office asks the police for a register: less is granted, everybody sees it, it ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.visitor import DESKTOP
from tests.journeys.words import EN
from yiwang.kernel import moment

pytestmark = pytest.mark.browser


def test_from_the_request_to_the_grant_and_its_end(visitor):
    until = (moment.today() + timedelta(days=60)).isoformat()
    school = visitor(size=DESKTOP)
    school.sign_in("clerk.school")
    school.open("/desk/access/")
    school.look()
    school.follow("申请共享")
    school.look()
    school.follow("临江市人口库（跨市查询）")
    school.see("10 个工作日内审核")
    school.look()
    school.main.get_by_label("中小学转学（转入）").check()
    school.main.get_by_label("姓名", exact=True).check()
    school.main.get_by_label("是否健在").check()
    school.main.get_by_label("用途").fill("外地转入学生核对户籍城市")
    school.main.get_by_label("法律依据").fill("中华人民共和国义务教育法")
    school.main.get_by_label("截止日期").fill(until)
    school.main.get_by_label("每天最多查多少次").fill("20")
    school.press("提交申请")
    school.see("所选事项用不到：是否健在")
    school.look()
    school.main.get_by_label("是否健在").uncheck()
    school.main.get_by_label("户口所在城市").check()
    school.press("提交申请")
    school.see("申请已送达登记库的负责部门", "待负责部门审核")
    school.look()

    police = visitor(size=DESKTOP)
    police.sign_in("head.police")
    police.open("/desk/access/")
    with police.page.expect_navigation():  # the demo's own request is due before it
        police.main.locator("a[href^='/desk/access/']", has_text="临江市人口库").last.click()
    police.see("外地转入学生核对户籍城市", "中华人民共和国义务教育法")
    police.look()
    police.main.get_by_role("radio", name="同意", exact=True).check()
    police.main.get_by_label("姓名", exact=True).uncheck()
    police.press("提交审核结论")
    police.see("请写明理由")
    police.main.get_by_label("理由").fill("姓名申请表上已有")
    police.press("提交审核结论")
    police.see("已审核，申请部门可以看到结果")
    police.look()

    anybody = visitor(words=EN)
    anybody.open("/registers/")
    anybody.look()
    anybody.follow(re.compile("Linjiang"))
    anybody.see("Jiangcheng Education Bureau", "at most 20 reads a day")
    anybody.look()

    supervisor = visitor(size=DESKTOP)
    supervisor.sign_in("supervisor")
    supervisor.open("/desk/access/all/?flag=never")
    supervisor.see("按申请授权")
    supervisor.look()

    police.open("/desk/access/")
    with police.page.expect_navigation():
        police.main.get_by_role("row").filter(has_text="按申请授权").get_by_role("link").click()
    police.look()
    police.main.get_by_label("收回理由").fill("转学季结束")
    police.press("确认收回")
    police.see("授权已收回，立即生效")
    anybody.page.reload()
    assert "at most 20 reads a day" not in anybody.reads()
