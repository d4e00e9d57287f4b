"""People who only look: a grandmother reads a guide and prints it, a lawyer compares the lists."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.journeys.visitor import DESKTOP, PHONE
from tests.journeys.words import EN, ZH

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("elder", [False, True])
def test_a_grandmother_finds_the_guide_by_its_first_letter_and_takes_it_home_on_paper(
    visitor, elder
):
    her = visitor(words=ZH, size=PHONE, elder=elder)
    her.open("/browse/")
    her.look()
    her.follow("C")
    her.look()
    her.follow("出生登记（上户口）")
    her.see("谁能办", "要带什么", "办理流程", "法律依据", "不满意怎么办")
    her.see("规定还要求：亲笔签名", "今天提交，最晚")
    her.look()

    paper = her.page.locator(".y-on-paper")
    assert not paper.is_visible()
    her.page.emulate_media(media="print")
    assert paper.is_visible() and her.town.address in paper.inner_text()
    assert not her.button("我是妈妈，开始办理").is_visible()
    her.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    closed = her.page.locator("details:not([open])")
    assert closed.count() == 0
    her.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert closed.count() > 0


def test_a_lawyer_compares_the_list_of_an_office_with_its_file(visitor, tmp_path: Path):
    his = visitor(words=EN, size=DESKTOP)
    his.open("/powers/")
    his.look()
    his.follow("Jiangcheng Public Security Bureau")
    his.look()
    his.see("Duties", "Household Registration Regulations of the PRC")
    shown = his.main.locator(".y-powers > li").count()
    his.open("/powers/")
    with his.page.expect_download() as download:
        his.link("As a table (CSV)").click()
    download.value.save_as(tmp_path / "powers.csv")

    text = (tmp_path / "powers.csv").read_text(encoding="utf-8-sig")
    lines = [
        one for one in csv.DictReader(text.splitlines()) if one["office_id"] == "public-security"
    ]
    assert len([one for one in lines if one["kind"] != "duty"]) == shown > 0


def test_somebody_asks_why_a_signature_by_hand_is_still_wanted(visitor):
    her = visitor(words=EN, size=PHONE)
    her.open("/services/household-registration/")
    her.page.get_by_text("The law still demands: sign by hand").click()
    her.follow("What is proposed")
    her.see("the Standing Committee of the National People's Congress", "change proposed")
    her.look()
