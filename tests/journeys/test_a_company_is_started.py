"""Three people start a company on their phones: they agree, decline, keep silent; clerks decide."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.journeys.clerk import Clerk
from tests.journeys.people import father, mother
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor
from tests.journeys.words import EN
from yiwang.kernel import moment
from yiwang.web.demo.uploads import page

pytestmark = pytest.mark.browser

GUIDE = "/things/company-start/"
TITLE = "江(2019)不动产权第0002207号"
YEAR = moment.today().year
VISIT, PAID_IN = date(YEAR + 1, 1, 5).isoformat(), date(YEAR + 4, 6, 30).isoformat()
FIRM = {
    "公司主要做哪一行": "租赁和商务服务业",
    "公司住所是谁的房子": "申请人自己名下的房子",
    "不动产权证号是多少": TITLE,
    "要刻哪几枚印章": "公章、财务章、发票章（三枚）",
    "增值税按哪一类登记": "小规模纳税人",
    "每个月大概要开多少张发票": "25",
    "公司准备给几个人参保": "3",
    "住房公积金按百分之几缴": "5",
    "在江城银行哪个网点开户": "财富街支行",
    "想哪天去银行": VISIT,
    "注册资本多少元": "500000",
    "最晚哪一天缴足出资": PAID_IN,
    "公司章程用哪一种": "用标准章程（自动生成）",
}
THREE = {
    "还有几位股东": "2", "您认缴多少元": "250000",
    "第1个股东叫什么名字": "宋清欢", "第1个股东认缴多少元": "150000",
    "第2个股东叫什么名字": "乔若愚", "第2个股东认缴多少元": "100000",
}  # fmt: skip
ALONE = {
    "What shall the company be called": "江城独行设计有限公司",
    "What does the company mainly do": "Leasing and business services",
    "Whose are the company's premises": "They belong to whoever applies",
    "What is the number of the title": TITLE,
    "Which seals do you want": "Company, finance and invoice seal (three)",
    "As which kind of VAT payer": "General",
    "About how many invoices a month": "40",
    "For how many employees": "0",
    "At what rate will the company pay": "8",
    "At which branch": "Dukou",
    "On what day will you go to the bank": VISIT,
    "How many shareholders are there": "Nobody",
    "How much is the registered capital": "100000",
    "contribute, in yuan": "100000",
    "By what day is the capital": PAID_IN,
    "Which articles of association": "Our own",
}
ALL = {
    "company-registration", "seal-filing", "tax-registration", "social-insurance-registration",
    "housing-fund-account", "bank-appointment",
}  # fmt: skip


def number_of(town: Town, name: str) -> str:
    """Somebody's identity number, as they would tell it."""
    rows = town.rows("SELECT id_number FROM identity_person WHERE name = %s", name)
    return str(rows[0][0])


def applied(him: Visitor, town: Town, name: str, *, look: bool = False) -> str:
    """The founder answers for a company of three and sends; the number."""
    him.sign_in(father("startup"))
    him.open(GUIDE)
    him.press(re.compile("开始办理"))
    people = {
        "第1个股东的身份证号": number_of(town, "宋清欢"),
        "第2个股东的身份证号": number_of(town, "乔若愚"),
    }
    him.answer(look=look, **FIRM, **THREE, **people, **{"公司想叫什么名字": name})
    return him.sign_and_send(look=look)


def agrees(her: Visitor, number: str, *seen: str) -> None:
    """One who joins reads what was stated and agrees by a code of their own."""
    her.open(f"/my/confirm/{number}/")
    her.see(*seen)
    her.agree()
    her.see("谢谢，您已同意")


def change(him: Visitor, what: str, label: str, value: str) -> None:
    """From the page of all answers, give one anew."""
    him.follow(re.compile(rf"修改\s*:\s*{what}"))
    him.main.get_by_label(re.compile(label)).fill(value)
    him.press("保存")


def outcomes(town: Town, number: str) -> dict[str, str]:
    """How each item of the matter stands."""
    return dict(
        town.rows(
            "SELECT c.what, coalesce(nullif(c.outcome, ''), c.state) FROM cases_case c"
            " JOIN cases_case r ON r.id = c.root_id WHERE r.number = %s AND c.id <> r.id",
            number,
        )
    )


def asked(town: Town, number: str) -> set[str]:
    """Who is asked to agree now."""
    return {
        name
        for (name,) in town.rows(
            "SELECT p.name FROM cases_consent s JOIN identity_person p ON p.id = s.person_id"
            " JOIN cases_case r ON r.id = s.root_id WHERE r.number = %s AND s.said = 'asked'",
            number,
        )
    }


def all_done(him: Visitor, number: str) -> None:
    """The page of the matter says within some seconds that everything is decided."""
    for _ in range(40):
        him.open(f"/my/matters/{number}/")
        if "已全部办结" in him.reads():
            return
        him.page.wait_for_timeout(250)
    raise AssertionError(him.reads())


def test_all_agree_on_their_phones_and_the_firm_is_there_and_acts(visitor, town):
    name = "江城知行咨询有限公司"
    him, song, qiao = visitor(), visitor(), visitor()
    him.open(GUIDE)
    him.look()
    number = applied(him, town, name, look=True)
    him.look()
    him.open(f"/my/matters/{number}/")
    him.see("宋清欢", "乔若愚", "还没答复", "等对方同意")
    him.look()

    song.sign_in(mother("startup"))
    song.see("您同意吗")
    song.look()
    song.open(f"/my/confirm/{number}/")
    song.see("许致远", name, "500,000", "250,000", "150,000", "100,000", "退回给申请人")
    assert number_of(town, "乔若愚") not in song.reads()
    song.look()
    song.agree(look=True)
    song.look()
    assert "granted" not in outcomes(town, number).values()
    qiao.sign_in(mother("third"))
    agrees(qiao, number, name)

    all_done(him, number)
    him.look()
    assert outcomes(town, number) == dict.fromkeys(ALL, "granted")
    him.open("/my/wallet/")
    him.see(name, "营业执照", "印章备案证明")
    him.look()
    him.open("/services/seal-filing/")
    him.press(re.compile("开始办理"))
    him.see(name, "法定代表人")
    him.look()
    him.press(re.compile("选这家"))
    him.see(f"为 {name} 办理", "这家企业已经备案过公章")
    him.look()
    a_taken_name_is_told_at_once(him, name)


def a_taken_name_is_told_at_once(him: Visitor, name: str) -> None:
    """The founder tries the same name for a second company."""
    him.open(GUIDE)
    him.press(re.compile("开始办理"))
    him.answer_page(FIRM | {"公司想叫什么名字": name})
    him.press("继续")
    him.see("现在办不成", "这个名称已经有企业登记了")
    him.look()
    him.follow("公司的拟用名称")
    him.main.get_by_label("公司想叫什么名字").fill("江城知行二号咨询有限公司")
    him.look()
    him.press("保存")
    him.open("/my/matters/")
    him.follow(re.compile("企业开办"))
    assert "已经有企业登记" not in him.reads()
    him.follow("丢弃草稿")
    him.press("丢弃")


def test_one_says_no_with_words_the_founder_mends_it_and_all_are_asked_again(visitor, town):
    him, song, qiao = visitor(), visitor(), visitor()
    number = applied(him, town, "江城清欢茶业有限公司")
    song.sign_in(mother("startup"))
    agrees(song, number, "江城清欢茶业有限公司")
    qiao.sign_in(mother("third"))
    qiao.open(f"/my/confirm/{number}/")
    qiao.main.get_by_text("不同意", exact=True).first.click()
    qiao.look()
    qiao.press("不同意", exact=True)
    qiao.see("请写一句为什么不同意")
    qiao.look()
    qiao.main.get_by_label("为什么不同意").fill("说好了我只出五万")
    qiao.press("不同意", exact=True)
    qiao.see("已记录")
    qiao.look()

    him.open("/my/")
    him.see("企业开办一件事")
    him.open(f"/my/drafts/{number}/check/")
    him.see("乔若愚", "说好了我只出五万", "江城清欢茶业有限公司", "还有几位股东")
    him.look()
    him.sign_and_send()
    him.see("乔若愚已经不同意过现在这份内容")
    him.look()
    change(him, "第2个股东的认缴出资额", "认缴多少元", "50000")
    him.see("加起来不等于注册资本")
    him.look()
    change(him, "发起人的认缴出资额", "认缴多少元", "300000")
    him.sign_and_send()

    assert asked(town, number) == {"宋清欢", "乔若愚"}
    agrees(song, number, "50,000", "300,000")
    agrees(qiao, number, "50,000", "300,000")
    all_done(him, number)
    assert outcomes(town, number) == dict.fromkeys(ALL, "granted")


def test_one_never_answers_and_only_they_are_asked_again(visitor, town):
    him, song, qiao = visitor(), visitor(), visitor()
    number = applied(him, town, "江城若愚书店有限公司")
    song.sign_in(mother("startup"))
    agrees(song, number, "江城若愚书店有限公司")
    town.change(
        "UPDATE cases_consent SET due_on = %s WHERE said = 'asked'",
        moment.today() - timedelta(days=1),
    )
    night_passes(town)

    for _ in range(40):
        him.open(f"/my/drafts/{number}/check/")
        if "没有答复" in him.reads():
            break
        him.page.wait_for_timeout(250)
    him.see("乔若愚", "逾期没有答复")
    him.look()
    him.sign_and_send()
    assert asked(town, number) == {"乔若愚"}
    qiao.sign_in(mother("third"))
    agrees(qiao, number, "江城若愚书店有限公司")
    all_done(him, number)


def night_passes(town: Town) -> None:
    """What the worker does every night with those who were asked."""
    town.change(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
        " VALUES ('later', 'cases.sweep_consents', '{\"timestamp\": 0}')"
    )


def test_one_alone_with_articles_of_their_own_waits_for_two_clerks(visitor, town):
    him = visitor(words=EN)
    him.sign_in(father("startup"))
    him.open(GUIDE)
    him.look()
    him.press(re.compile("^Start"))
    him.answer(look=True, **ALONE)
    him.upload(
        "Your own articles of association", "articles.pdf", "application/pdf", page("articles")
    )
    him.look()
    him.press("Save and continue")
    him.look()
    number = him.sign_and_send()

    market = Clerk(visitor, "clerk.market")
    market.take("公司设立登记", number, look=True)
    market.at.see("自己写的公司章程")
    market.at.look()
    market.accept()
    market.grant()
    him.open(f"/my/matters/{number}/")
    him.look()
    Clerk(visitor, "clerk.tax").whole("新办企业税务登记", number)
    for _ in range(40):
        him.open(f"/my/matters/{number}/")
        if outcomes(town, number) == dict.fromkeys(ALL, "granted"):
            break
        him.page.wait_for_timeout(250)
    assert outcomes(town, number) == dict.fromkeys(ALL, "granted")
    him.open("/my/wallet/")
    him.see("江城独行设计有限公司", "Business licence")
    him.look()
