"""A firm builds a plant: each stage one form, offices that decide together, one review, one map."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.people import father
from tests.journeys.visitor import DESKTOP, Visitor
from yiwang.kernel import moment
from yiwang.web.demo.uploads import page

pytestmark = pytest.mark.browser

FIRM = "江城云帆新材料有限公司"
PLANT = {
    "项目叫什么名字": "云帆一期厂房",
    "建来做什么用": "工业厂房",
    "地块编号是多少": "JC-2026-041",
    "总建筑面积多少": "26000",
    "最高的一栋多少米": "24",
    "总投资多少元": "180000000",
    "属于哪一类环评": "报告表",
    "特殊建设工程吗": "否",
    "区域内动土吗": "是",
    "直接开在公路上吗": "是",
    "有事打哪个手机号": None,
}
FILING, SITE = "企业投资项目备案", "建设项目用地预审与选址意见书"
LAND, EIA = "建设用地规划许可证核发", "建设项目环境影响评价审批"
PLANNING, SOIL = "建设工程规划许可证核发", "生产建设项目水土保持方案审批"
ROAD = "公路增设平面交叉道口许可"
BUILDING, WATER, POWER = "建筑工程施工许可证核发", "用水报装", "用电报装"
VERIFIED, FILED = "建设工程规划核实", "竣工验收备案"
WORKS = {
    "哪家单位施工": "江城第二建筑公司",
    "哪家单位监理": "江城正中监理公司",
    "多少千伏安的电": "1250",
    "每天大约用多少吨水": "60",
}
WHY = "方案涉及公路道口，需要补做交通影响论证。"


def begins(him: Visitor, name: str, *, look: bool = False) -> str:
    """The first stage: for which firm, answers, the report, the signature; the number."""
    him.open("/")
    him.follow("企业投资建设项目")
    if look:
        him.look()
    him.press("开始办理")
    him.see(FIRM)
    if look:
        him.look()
    him.press(re.compile("^选这家"))
    him.answer(look=look, **PLANT | {"项目叫什么名字": name})
    gives(him, "环境影响报告书（表）", look=look)
    return him.sign_and_send(look=look)


def gives(him: Visitor, *titles: str, look: bool = False) -> None:
    """The documents nobody else has."""
    for title in titles:
        him.upload(title, "plan.pdf", "application/pdf", page(title))
    if look:
        him.look()
    him.press("保存并继续")
    if look:
        him.look()


def code_of(town, number: str) -> str:
    """The code the first stage gave the project."""
    ((code,),) = town.rows("SELECT code FROM services_project WHERE number = %s", number)
    return code


def wait_for(town, number: str, what: str, state: str) -> None:
    """An item of a stage has come to this state, within some seconds."""
    for _ in range(120):
        rows = town.rows(
            "SELECT c.state FROM cases_case c JOIN cases_case r ON r.id = c.root_id"
            " WHERE r.number = %s AND c.what = %s AND pg_sleep(0.25) IS NOT NULL",
            number, what,
        )  # fmt: skip
        if rows == [(state,)]:
            return
    raise AssertionError(f"{what} never came to {state}: {rows}")


def test_a_plant_passes_all_four_stages_from_its_filing_to_its_completion(visitor, town):
    him = visitor()
    him.sign_in(father("builder"))
    number = begins(him, "云帆一期厂房", look=True)
    him.open("/my/projects/")
    him.look()
    him.follow("云帆一期厂房")
    him.look()

    plan = Clerk(visitor, "clerk.plan")
    Clerk(visitor, "clerk.reform").whole(FILING, number)
    code = code_of(town, number)
    wait_for(town, number, "site-opinion", "submitted")
    plan.take(SITE, number, look=True)
    plan.at.see(FIRM)
    plan.at.look()
    plan.accept()
    plan.grant()
    plan.whole(LAND, number)
    ecology = Clerk(visitor, "clerk.ecology")
    ecology.take(EIA, number)  # in hand, not decided: nobody waits for it

    him.open(f"/my/projects/{code}/")
    him.see("待受理", "第2阶段可以开始")
    him.look()
    wide = visitor(size=DESKTOP)
    wide.sign_in(father("builder"))
    wide.open(f"/my/projects/{code}/")
    wide.look()
    him.press("开始第2阶段")
    assert him.path.endswith("/papers/"), him.reads()  # no question: all was said before
    gives(him, "建设工程设计方案", "水土保持方案", look=True)
    second = him.sign_and_send()

    reviewed_together(visitor, second)
    him.open(f"/my/matters/{second}/")
    him.see(WHY, "修改完善后通过")
    him.look()

    decided(plan, PLANNING, second)
    decided(Clerk(visitor, "clerk.soil"), SOIL, second)
    decided(Clerk(visitor, "clerk.transport"), ROAD, second)
    him.open(f"/my/projects/{code}/")
    him.see("等这些办好就能开始")  # the third stage waits for the assessment alone

    ecology.accept()
    ecology.grant()
    build = Clerk(visitor, "clerk.build")
    him.open(f"/my/projects/{code}/")
    him.press("开始第3阶段")
    him.answer(**WORKS)
    third = him.sign_and_send()
    decided(build, BUILDING, third)
    decided(Clerk(visitor, "clerk.connect.water"), WATER, third)
    decided(Clerk(visitor, "clerk.connect.power"), POWER, third)

    him.open(f"/my/projects/{code}/")
    him.press("开始第4阶段")
    him.answer(**{"哪天竣工验收的": moment.today().isoformat()})
    gives(him, "竣工测绘报告", "竣工验收报告")
    fourth = him.sign_and_send()
    decided(plan, VERIFIED, fourth)
    decided(build, FILED, fourth)

    him.open(f"/my/projects/{code}/")
    him.look()
    him.open("/my/wallet/")
    him.see("建设工程规划许可证", "建设用地规划许可证", "建筑工程施工许可证")


def reviewed_together(visitor, number: str) -> None:
    """The head calls the departments, needs more time, each says its word, the head concludes."""
    head = Clerk(visitor, "head.plan")
    head.take("召集联合评审", number, look=True)
    head.at.look()
    head.at.answer_page({
        "开会日期": (moment.today() + timedelta(days=1)).isoformat(), "时间": "14:30",
        "地点": "政务服务中心 302 会议室",
    })  # fmt: skip
    head.at.press("通知各部门")
    extended(head.at, number)
    for account in ("clerk.plan", "clerk.soil"):
        says(Clerk(visitor, account), number, "同意")
    road = Clerk(visitor, "clerk.transport")
    says(road, number, "有条件同意", "道口视距不足，要后退红线三米。", look=True)
    head.take("记录联合评审", number)
    head.at.see("道口视距不足，要后退红线三米。")
    head.at.look()
    head.at.answer_page({"结论": "修改完善后通过", "会议纪要": "道口后退三米，其余按方案办。"})
    head.at.press("记录结论")


def extended(head: Visitor, number: str) -> None:
    """Fifteen days more for all of it, with the reasons the firm reads."""
    head.open(f"/desk/cases/{number}/")
    head.look()
    head.follow("延长时限")
    head.look()
    head.answer_page({"需要延长的理由": WHY, "批准人和批准文号": "市政府 江政办〔2026〕12 号"})
    head.press("延长并告知申请人")
    head.see("+ 15")


def says(clerk: Clerk, number: str, stance: str, words: str = "", *, look: bool = False) -> None:
    """One department's opinion."""
    clerk.take("评审意见", number)
    if look:
        clerk.at.look()
    clerk.at.answer_page({"本部门的态度": stance, "条件或理由": words})
    clerk.at.press("提交意见")


def decided(clerk: Clerk, item: str, number: str) -> None:
    """Accepted and granted by one clerk."""
    clerk.whole(item, number)


def test_withdrawn_half_way_what_was_granted_stands_and_it_can_be_taken_up(visitor, town):
    him = visitor()
    him.sign_in(father("builder"))
    number = begins(him, "云帆二期仓库")
    Clerk(visitor, "clerk.reform").whole(FILING, number)
    code = code_of(town, number)

    him.open(f"/my/projects/{code}/")
    him.main.get_by_text("撤回整个项目").click()
    him.main.get_by_label("原因").fill("资金没有落实")
    him.look()
    him.press("撤回项目")

    him.see("项目已撤回")
    him.look()
    states = town.rows(
        "SELECT c.what, c.outcome FROM cases_case c JOIN cases_case r ON r.id = c.root_id"
        " WHERE r.number = %s AND c.kind = 'service' ORDER BY c.what",
        number,
    )
    assert states == [
        ("eia-approval", "withdrawn"), ("land-planning-permit", "withdrawn"),
        ("project-approval", "granted"), ("site-opinion", "withdrawn"),
    ]  # fmt: skip
    desk = Clerk(visitor, "clerk.ecology").at
    desk.open(f"/desk/?tab=open&find={number}")
    assert not desk.main.get_by_role("row").filter(has_text=number).count()
    him.press("重新启动项目")
    him.see("所在阶段里没有办成的")
    him.look()
    him.press(re.compile("单独申请.*" + SITE))
    him.press("签名并提交")  # nothing is asked: the register knows the project by its code
    alone = him.number
    Clerk(visitor, "clerk.plan").whole(SITE, alone)
    him.open(f"/my/projects/{code}/")
    him.see("已单独申请")
