"""A civil servant adds an eighth item to the bundle with a text editor; nothing is restarted."""

from __future__ import annotations

import re

import pytest

from tests.journeys.people import mother
from tests.journeys.town import Town

pytestmark = pytest.mark.browser

LIBRARY_CARD = """\
title: {zh: "亲子阅读卡", en: "Family reading card"}
summary: {zh: "孩子的第一张借书卡。", en: "A child's first library card."}
department: health-commission
type: public-service
basis:
  - {law: {zh: "江城市亲子阅读办法（本市自定）", en: "Jiangcheng family reading measures (local)"}}
parties: PARTIES
applicant: [mother, father]
per: child
asks:
  - {element: child.name}
  - {element: case.contact_phone}
conditions:
  - id: young
    title: {zh: "孩子不满三周岁", en: "The child is under three"}
    rule: "age(child.birth_date) < 3"
    basis:
      law: {zh: "江城市亲子阅读办法（本市自定）", en: "Jiangcheng family reading measures (local)"}
instant: "age(child.birth_date) < 1"
limits:
  statutory: {days: 15}
  promised: {days: 3}
fee: {zh: "不收费", en: "Free"}
signed_by: [applicant]
result:
  title: {zh: "亲子阅读卡", en: "Family reading card"}
  licence: child-care-guidance-card
  holder: child
  fields:
    name: child.name
    birth_date: child.birth_date
"""


def add_the_item(town: Town) -> None:
    """What the civil servant writes: one new file, one line in the bundle."""
    services = town.pack / "services"
    guidance = (services / "child-care-guidance.yaml").read_text(encoding="utf-8")
    parties = re.search(r"^parties:(\n(?:  .*\n)+)", guidance, re.MULTILINE)
    assert parties
    text = LIBRARY_CARD.replace(" PARTIES\n", parties.group(1))
    (services / "reading-card.yaml").write_text(text, encoding="utf-8")
    bundle = town.pack / "bundles" / "newborn.yaml"
    text = bundle.read_text(encoding="utf-8")
    line = "  - {service: child-care-guidance, within: {days: 3}}\n"
    assert line in text
    text = text.replace(line, line + "  - {service: reading-card, within: {days: 3}}\n")
    bundle.write_text(text, encoding="utf-8")


def test_it_is_live_at_once_and_a_draft_keeps_its_procedure(visitor, town):
    early = visitor()
    early.sign_in(mother("pack"))
    early.begin()
    early.answer(until="社保卡选哪家银行")
    kept = {p: p.read_text(encoding="utf-8") for p in town.pack.rglob("newborn.yaml")}

    add_the_item(town)
    town.run("pack", "check", str(town.pack))
    town.run("pack", "load", str(town.pack))
    try:
        late = visitor()
        late.open("/things/newborn/")
        late.see("亲子阅读卡")
        late.look()
        late.sign_in(mother("newpack"))
        late.begin()
        late.answer()
        number = late.sign_and_send()
        late.main.get_by_text("当场办好").nth(7).wait_for()
        late.open(f"/my/matters/{number}/")
        late.see("8 件中已办好 8 件", "亲子阅读卡")

        early.answer_page(early.words["answers"])
        early.press("继续")
        early.answer()
        assert "亲子阅读卡" not in early.reads()
        early.sign_and_send()
        early.main.get_by_text("当场办好").nth(6).wait_for()
        assert "亲子阅读卡" not in early.reads()
    finally:
        for path, text in kept.items():
            path.write_text(text, encoding="utf-8")
        town.run("pack", "load", str(town.pack))
