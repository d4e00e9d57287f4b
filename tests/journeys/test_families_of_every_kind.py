"""Twins, a mother by herself, parents of two cities, parents not married: ordinary cases."""

from __future__ import annotations

import re

import pytest

from tests.journeys.people import father, mother
from yiwang.web.demo.uploads import page

pytestmark = pytest.mark.browser


def test_twins_are_one_application_with_papers_for_each(visitor):
    her = visitor()
    her.sign_in(mother("twins"))
    her.begin()
    names = {"第1个孩子叫什么": "陆朝", "第2个孩子叫什么": "陆暮"}
    her.answer(**names, 的民族随妈妈还是随爸爸="随母亲")
    her.see("陆朝", "陆暮")
    her.look()
    number = her.sign_and_send()

    her.main.get_by_text("已办结", exact=True).nth(12).wait_for()
    her.open(f"/my/matters/{number}/")
    her.see("13 件中已办好 13 件")
    her.look()
    her.open("/my/wallet/")
    for child in ("陆朝", "陆暮"):
        her.see(f"{child}（你是监护人）")
    assert her.main.get_by_role("heading", name="户口页").count() == 2
    assert her.main.get_by_role("heading", name="生育医疗费用报销决定书").count() == 1
    her.look()


def test_a_mother_by_herself_is_asked_nothing_about_a_father(visitor):
    her = visitor()
    her.sign_in(mother("alone"))
    her.begin()
    asked = her.answer(**{"爸爸的信息一起登记": "否", "叫什么名字": "何小满"})
    assert [one for one in asked if "爸爸" in one] == ["要把孩子爸爸的信息一起登记吗？"]
    her.sign_and_send()

    her.main.get_by_text("已办结", exact=True).nth(6).wait_for()
    her.open("/my/wallet/")
    her.see("何小满（你是监护人）")


def test_a_sister_city_that_hangs_holds_nobody_up(visitor, town):
    her = visitor()
    her.sign_in(mother("cities"))
    number = her.begin()
    her.see("正在替您查询", "临江市人口库")
    her.look()
    asked = her.answer(
        **{
            "叫什么名字": "韩小满",
            "爸爸叫什么名字": "韩江雪",
            "爸爸是什么民族": "汉族",
            "爸爸的户口在哪里": "临江",
        }
    )
    assert any("爸爸" in one for one in asked)
    her.upload("爸爸的身份证", "card.pdf", "application/pdf", page("card"))
    her.press("保存并继续")
    her.see("您填写的，之后核对")
    her.look()

    her.sign_and_send()
    her.main.get_by_text("当场办好").first.wait_for()
    her.open(f"/my/matters/{number}/")
    standing = her.statuses(["出生医学证明首次签发", "预防接种证办理"])
    assert "已收到，正在核对" in standing["出生医学证明首次签发"]
    assert "已办结" in standing["预防接种证办理"]
    assert town.rows(
        "SELECT DISTINCT f.element FROM cases_fact f JOIN cases_case c ON c.id = f.root_id"
        " WHERE c.number = %s AND f.provisional ORDER BY 1",
        number,
    ) == [("ethnic_group",), ("hukou_city",), ("name",)]


def test_a_father_who_is_not_married_confirms_by_his_own_sign_in(visitor, town):
    his_number = town.rows(
        "SELECT p.id_number FROM identity_person p JOIN identity_account a ON a.person_id = p.id"
        " WHERE a.username = %s",
        father("unmarried"),
    )[0][0]
    her = visitor()
    her.sign_in(mother("unmarried"))
    her.begin()
    her.answer(
        **{
            "爸爸的信息一起登记": "是",
            "叫什么名字": "姚小满",
            "爸爸叫什么名字": "温予安",
            "爸爸的身份证号": his_number,
            "现在是夫妻吗": "否",
            "爸爸是什么民族": "汉族",
            "爸爸的户口在哪里": "江城",
            "哪个银行账号": "6200990000000066",
            "这个账户是哪家银行": "江城邮储柳岸支行",
        }
    )
    while her.path.endswith("/papers/"):
        for one in her.main.locator("input[type=file]").all():
            one.set_input_files(
                {"name": "a.pdf", "mimeType": "application/pdf", "buffer": page("signed")}
            )
        her.press("保存并继续")
        her.answer()
    number = her.sign_and_send()
    her.open(f"/my/matters/{number}/")
    her.see("等另一方本人登录确认后开始")
    her.look()

    his = visitor()
    his.sign_in(father("unmarried"))
    his.open("/my/inbox/")
    his.follow(re.compile("确认"))
    his.follow("查看办件")
    his.see("您同意吗？", "姚听澜")
    assert "15400000601" not in his.reads()
    his.look()
    his.agree(look=True)
    his.see("谢谢，您已同意")
    his.look()

    her.open(f"/my/matters/{number}/")
    her.see("另一方已同意")
    assert "等另一方本人登录确认后开始" not in her.reads()
