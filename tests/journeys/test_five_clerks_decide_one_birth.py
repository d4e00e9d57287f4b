"""A family for whom every item needs its clerk: five offices, one birth, one desk."""

from __future__ import annotations

import re

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.people import mother
from tests.journeys.visitor import Visitor
from yiwang.kernel import moment
from yiwang.web.demo.uploads import page

pytestmark = pytest.mark.browser

GU = {
    "叫什么名字": "顾小满",
    "的民族随妈妈还是随爸爸": "随母亲",
    "哪个银行账号": "6200990000000042",
    "这个账户是哪家银行": "江城银行柳岸支行",
}
PAPERS = (
    "集体户管理单位同意落户的证明",
    "产检和分娩的发票",
    "住院费用清单（医院盖章）",
    "出院小结或诊断证明",
)


def apply(her: Visitor, story: str) -> str:
    """She answers, uploads what no register has, and sends; the number."""
    her.sign_in(mother(story))
    her.begin()
    her.answer(**GU)
    for title in PAPERS:
        her.upload(title, f"{title}.pdf", "application/pdf", page(title))
    her.look()
    her.press("保存并继续")
    return her.sign_and_send()


def test_each_decides_its_own_one_asks_one_refuses_and_all_ends_well(visitor, town):
    her = visitor()
    number = apply(her, "desk")
    her.open(f"/my/matters/{number}/")
    assert her.main.get_by_text("已收到，正在核对").count() == 3

    hospital = Clerk(visitor, "clerk.hospital")
    hospital.take("出生医学证明首次签发", number, look=True)
    hospital.at.see("为什么要人工办", "医院已核实分娩记录")
    hospital.at.look()
    hospital.accept()
    hospital.at.look()
    hospital.grant()
    hospital.at.look()

    health = Clerk(visitor, "clerk.health")
    doses = dict.fromkeys(("首针乙肝接种日期", "卡介苗接种日期"), moment.today().isoformat())
    health.whole("预防接种证办理", number, **doses)
    health.take("科学育儿指导服务登记", number)
    health.ask("请补充联系电话，白天能接通的。", "联系电话")
    health.at.see("已告知申请人补正，时限暂停")
    assert paused(town, number) == ["child-care-guidance", "child-care-guidance"]

    her.open(f"/my/matters/{number}/")
    her.see("需要您补充", "您补好之前，办理时限暂停计算")
    her.look()
    her.follow(re.compile("现在补充"))
    her.see("白天能接通的")
    her.look()
    her.main.get_by_label("有事打哪个手机号找你？").fill("15400000299")
    her.press("提交给部门")
    assert paused(town, number) == []
    health.resume("科学育儿指导服务登记", number)
    health.at.see("15400000299")
    health.accept()
    health.grant()

    police = Clerk(visitor, "clerk.police")
    police.take("出生登记（上户口）", number)
    police.accept()
    police.refuse("父母至少一方户口在江城", "集体户的证明没有盖章，请盖好公章再来。")
    insurance = Clerk(visitor, "clerk.insurance")
    insurance.whole("生育医疗费用报销", number)

    her.open(f"/my/matters/{number}/")
    her.see("不予办理", "集体户的证明没有盖章", "行政复议", "目前能办的都已办结")
    her.look()
    card = her.main.get_by_role("listitem").filter(has=her.page.get_by_role("heading", level=3))
    granted = [one for one in card.all() if "到卡包查看" in one.inner_text()]
    assert len(granted) == 4
    her.follow(re.compile("补好后重新审查.*出生登记"))
    her.see("没有通过的原因", "集体户的证明没有盖章")
    her.look()
    her.upload(PAPERS[0], "sealed.pdf", "application/pdf", page("sealed"))
    her.press("提交重新审查")

    police.whole("出生登记（上户口）", number)
    insurance.whole("新生儿居民医保参保", number)
    social = Clerk(visitor, "clerk.card")
    social.whole("社会保障卡申领", number)
    her.open(f"/my/matters/{number}/")
    her.see("已全部办结")
    her.look()


def paused(town, number: str) -> list[str]:
    """Items of the matter whose clocks stand still, once for each clock."""
    return [
        what
        for (what,) in town.rows(
            "SELECT c.what FROM cases_clock k JOIN cases_case c ON c.id = k.case_id"
            " JOIN cases_case r ON r.id = c.root_id"
            " WHERE r.number = %s AND k.paused_on IS NOT NULL ORDER BY 1",
            number,
        )
    ]
