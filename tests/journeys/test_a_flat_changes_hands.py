"""A couple sells its flat: two sides, four offices and companies, every payment in the sandbox."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.people import father, mother
from tests.journeys.visitor import Visitor
from yiwang.kernel import moment
from yiwang.web.demo.uploads import page

pytestmark = pytest.mark.browser

TITLE = "江(2015)不动产权第0000128号"
DEAL = {
    "不动产权证号是多少": TITLE,
    "合同写的成交价是多少": "1280000",
    "约定哪天交房": (moment.today() + timedelta(days=20)).isoformat(),
    "水电气表底数，谁来抄": "双方一起抄，各留一份照片",
    "在江城有几套住房": "没有，这是唯一住房",
    "卖方家庭唯一的住房吗": "否",
}
MORTGAGED = DEAL | {
    "不动产权证号是多少": "江(2025)不动产权第0003307号",
    "合同写的成交价是多少": "2300000",
    "水电气表底数，谁来抄": "请水电气公司上门抄",
}
UTILITIES = {"用电过户": "power-account-change", "用气过户": "gas-account-change"}
ITEMS = ("存量房交易纳税申报", "二手房转移登记", "用水过户", "用电过户", "用气过户")


def begun(her: Visitor) -> str:
    """The buyer answers and sends; the number."""
    her.sign_in(mother("buyer"))
    her.open("/things/flat-transfer/")
    her.look()
    her.press(re.compile("开始办理"))
    her.answer(look=True, **DEAL)
    her.look()
    return her.sign_and_send(look=True)


def agrees(seller: Visitor, number: str) -> None:
    """One owner reads what was agreed and agrees."""
    seller.open(f"/my/confirm/{number}/")
    seller.see("1,280,000", "江北区渡口街")
    seller.look()
    seller.agree(look=True)
    seller.look()


def pays(payer: Visitor, what: str, amount: str) -> None:
    """From the first page of one's own to the receipt, through the sandbox."""
    payer.open("/my/")
    payer.look()
    payer.follow(what)
    payer.see(amount)
    payer.look()
    payer.press(re.compile("^缴"))
    payer.see("不会真的扣钱", amount)
    payer.look()
    payer.press("立即支付")
    payer.see("已经缴清")
    payer.look()
    payer.follow("查看和打印票据")
    payer.see("缴款人", amount)
    payer.look()


def until(her: Visitor, number: str, words: str) -> None:
    """The page of the matter says so within some seconds: rules grant behind it."""
    for _ in range(60):
        her.open(f"/my/matters/{number}/")
        if words in her.reads():
            return
        her.page.wait_for_timeout(500)
    raise AssertionError(f"“{words}” never came:\n{her.reads()}")


def test_sellers_agree_each_pays_its_own_and_the_new_title_is_in_the_wallet(visitor, town):
    her, wife, husband = visitor(), visitor(), visitor()
    number = begun(her)
    wife.sign_in(mother("sellers"))
    husband.sign_in(father("sellers"))

    wife.see("您同意吗")
    agrees(wife, number)
    assert granted(town, number) == []
    agrees(husband, number)
    until(her, number, "请缴费")
    her.look()
    assert granted(town, number) == ["flat-contract-filing"]

    pays(her, "契税", "12,800.00")
    sellers = {"何晴川": wife, "陈望舒": husband}
    pays(sellers[payer_of(town, number, "income-tax")], "个人所得税", "12,800.00")
    until(her, number, "二手房转移登记")

    land = Clerk(visitor, "clerk.land")
    wait_for(town, number, "flat-transfer-registration", "submitted")
    land.whole("二手房转移登记", number)
    until(her, number, "不动产登记费")
    pays(her, "不动产登记费", "80.00")
    until(her, number, "已全部办结")
    her.look()

    her.open("/my/wallet/")
    her.see("不动产权证书")
    her.look()
    wife.open("/my/wallet/")
    wife.see("不动产权证书", "已撤销")
    holders = town.rows(
        "SELECT DISTINCT values->>'holder' FROM registers_row WHERE register LIKE '%%-accounts'"
        " AND register <> 'bank-accounts' AND key = %s",
        "990102001001GB00012F00010501",
    )
    assert holders == [("周南枝",)]
    her.open("/my/payments/")
    her.see("契税", "不动产登记费")
    her.look()


def test_a_mortgaged_flat_is_mended_after_a_no_and_passes_every_desk(visitor, town):
    her, seller = visitor(), visitor()
    her.sign_in(mother("buyer"))
    her.open("/things/flat-transfer/")
    her.press(re.compile("开始办理"))
    her.answer(**MORTGAGED)
    her.see("抵押权人（银行）同意转让的材料")
    her.look()
    her.upload(
        "抵押权人（银行）同意转让的材料", "bank.pdf", "application/pdf", page("bank consents")
    )
    her.press("保存并继续")
    her.see("没有欠水费")
    number = her.sign_and_send()

    seller.sign_in(mother("lender"))
    says_no(seller, number, "说好的是二百四十万")
    her.open(f"/my/drafts/{number}/check/")
    her.see("顾嘉宁", "说好的是二百四十万")
    her.look()
    her.follow(re.compile(r"修改\s*:\s*成交价"))
    her.main.get_by_label("合同写的成交价是多少").fill("2400000")
    her.press("保存")
    her.sign_and_send()
    seller.open(f"/my/confirm/{number}/")
    seller.see("2,400,000")
    seller.agree()

    housing = Clerk(visitor, "clerk.housing")
    wait_for(town, number, "flat-contract-filing", "submitted")
    housing.take("网签备案", number, look=True)
    housing.at.see("为什么要人工办", "抵押", "抵押权人（银行）同意转让的材料")
    housing.at.look()
    housing.accept()
    housing.grant()
    until(her, number, "请缴费")
    pays(her, "契税", "36,000.00")
    pays(seller, "增值税", "72,000.00")
    pays(seller, "个人所得税", "24,000.00")

    wait_for(town, number, "flat-transfer-registration", "submitted")
    land = Clerk(visitor, "clerk.land")
    land.take("二手房转移登记", number)
    land.at.see("抵押权人（银行）同意转让的材料")
    land.at.look()
    land.accept()
    land.grant()
    until(her, number, "不动产登记费")
    pays(her, "不动产登记费", "80.00")

    for item, account in (("用电过户", "clerk.power"), ("用气过户", "clerk.gas")):
        wait_for(town, number, UTILITIES[item], "submitted")
        Clerk(visitor, account).whole(item, number)
    water = Clerk(visitor, "clerk.water")
    water.take("用水过户", number)
    water.at.see("没有欠水费")
    water.at.look()
    water.accept()
    water.refuse("没有欠水费", "还欠 56.20 元水费，请卖方缴清以后点“补好后重新审查”。")
    her.open(f"/my/matters/{number}/")
    her.see("还欠 56.20 元水费", "不予办理")
    her.look()
    assert set(granted(town, number)) == {
        "flat-contract-filing", "flat-tax", "flat-transfer-registration",
        "power-account-change", "gas-account-change",
    }  # fmt: skip


def says_no(seller: Visitor, number: str, words: str) -> None:
    """One owner does not agree and says why."""
    seller.open(f"/my/confirm/{number}/")
    seller.main.get_by_text("不同意", exact=True).first.click()
    seller.main.get_by_label("为什么不同意").fill(words)
    seller.press("不同意", exact=True)
    seller.see("已记录")
    seller.look()


def test_a_sealed_flat_is_told_at_once_with_what_to_do(visitor, town):
    her = visitor()
    her.sign_in(mother("buyer"))
    her.open("/things/flat-transfer/")
    her.press(re.compile("开始办理"))
    her.answer_page(MORTGAGED | {"不动产权证号是多少": "江(2019)不动产权第0001950号"})
    her.press("继续")
    her.see("这套房被查封了", "办理解封")
    her.look()
    her.follow(re.compile("不动产权证号"))
    her.see("不动产权证号是多少")
    her.page.go_back()
    her.follow("丢弃草稿")
    her.press("丢弃")


def granted(town, number: str) -> list[str]:
    """Items of the matter that are granted."""
    return [
        what
        for (what,) in town.rows(
            "SELECT c.what FROM cases_case c JOIN cases_case r ON r.id = c.root_id"
            " WHERE r.number = %s AND c.outcome = 'granted' ORDER BY c.decided_at",
            number,
        )
    ]


def payer_of(town, number: str, charge: str) -> str:
    """Who has to pay a charge of the matter."""
    ((name,),) = town.rows(
        "SELECT p.name FROM payments_bill b JOIN identity_person p ON p.id = b.payer_id"
        " JOIN cases_case r ON r.id = b.root_id WHERE r.number = %s AND b.charge = %s",
        number, charge,
    )  # fmt: skip
    return name


def wait_for(town, number: str, what: str, state: str) -> None:
    """An item of the matter has come to this state, within some seconds."""
    for _ in range(120):
        rows = town.rows(
            "SELECT c.state FROM cases_case c JOIN cases_case r ON r.id = c.root_id"
            " WHERE r.number = %s AND c.what = %s AND pg_sleep(0.25) IS NOT NULL",
            number, what,
        )  # fmt: skip
        if rows == [(state,)]:
            return
    raise AssertionError(f"{what} never came to {state}: {rows}")
