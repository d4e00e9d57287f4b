"""A person's page of who read their data."""

from __future__ import annotations

import csv
import io
from uuid import uuid4

import pytest
from django.urls import reverse

from yiwang.identity.actions import grant_mandate, open_account, person_for
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, record
from yiwang.ledger.models import RootKey
from yiwang.registers import followers, gate
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.registers.followers import Matter
from yiwang.registers.gate import Ask
from yiwang.registers.tests.town import CLERK, FATHER, MOTHER

LIN = {"id_number": MOTHER, "name": "林岚", "sex": "female"}


@pytest.fixture
def registers(pack, monkeypatch):
    for registry in (followers.PURPOSES, followers.MATTERS, followers.LOOKS):
        monkeypatch.setattr(registry, "_entries", {})
    registers = pack.all(Register)
    load_rows(registers["population"], [LIN], by=CLERK)
    load_rows(registers["births"], [{"record_no": "B1", "mother": MOTHER}], by=CLERK)
    return registers


@pytest.fixture
def mother(client, registers):
    return signed_in(client, MOTHER, "mother.lin")


def signed_in(client, number, username):
    person = person_for(number, "林岚", by=CLERK)
    account = open_account(username=username, password="a long pass phrase", person=person,
                           by=CLERK)  # fmt: skip
    client.force_login(account)
    return person


def read(register, by, columns, *departments, actor=CLERK, purpose="新生儿一件事", case=None):
    case = case or uuid4()
    asked = Ask(register, by, columns, departments)
    return gate.read([asked], purpose=purpose, case=case, root=case, by=actor)[0]


def page(client, language="zh-hans", **query):
    client.cookies["django_language"] = language
    answer = client.get(reverse("registers:my_data"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_anybody_read_anything_the_page_says_so(client, mother):
    assert "还没有人查过你的数据" in page(client)
    assert "Nobody has read your data" in page(client, "en")


def test_each_read_is_told_with_who_when_why_law_and_fields(client, mother, registers):
    read(registers["population"], {"id_number": MOTHER}, ("name", "birth_date"), "hospital")

    shown = page(client)

    for words in (
        "医院查询了人口库", "新生儿一件事", "姓名、出生日期", "《母婴法》第二十三条",
        "别人的办件涉及你时查询", "共 1 次",
    ):  # fmt: skip
        assert words in shown
    in_english = page(client, "en")
    for words in (
        "Population, read for Hospital",
        "Maternal Care Law, art. 23",
        "Name, Date of birth",
    ):
        assert words in in_english


def test_what_i_asked_for_myself_is_told_so(client, mother, registers):
    me = Actor("person", str(mother.id))

    read(registers["births"], {"mother": MOTHER}, ("birth_date",), "police", actor=me)

    assert "你自己填写申请时" in page(client)


def test_others_do_not_see_my_reads(client, registers):
    read(registers["population"], {"id_number": MOTHER}, ("name",), "police")

    signed_in(client, FATHER, "father.zhao")

    assert "还没有人查过你的数据" in page(client)
    assert "人口库" not in client.get(reverse("registers:my_data_csv")).getvalue().decode()


def test_rooms_above_tell_of_purpose_and_matter(client, mother, registers, monkeypatch):
    case = uuid4()
    newborn = Text(zh="新生儿一件事", en="A child is born")
    purposes = {"services": lambda recorded: newborn if recorded == "bundle:newborn" else None}
    matter = Matter("JC-1", newborn, "/my/matters/JC-1/")
    monkeypatch.setattr(followers.PURPOSES, "_entries", purposes)
    monkeypatch.setattr(followers.MATTERS, "_entries", {"x": lambda cases, who: {case: matter}})

    read(registers["population"], {"id_number": MOTHER}, ("name",), "police",
         purpose="bundle:newborn", case=case)  # fmt: skip

    shown = page(client, "en")
    assert "A child is born" in shown
    assert '<a href="/my/matters/JC-1/">matter JC-1</a>' in shown


def test_that_staff_opened_my_matter_is_told_too(client, mother, monkeypatch):
    opened = {"task.opened": Text(zh="工作人员打开了你的办件", en="staff opened your matter")}
    monkeypatch.setattr(followers.LOOKS, "_entries", opened)

    with gate.transaction.atomic():
        record("task.opened", by=CLERK, about=[mother.id], case=uuid4())

    assert "公安局：工作人员打开了你的办件" in page(client)
    assert "Police: staff opened your matter" in page(client, "en")


def test_a_guardian_sees_who_read_the_childs_data(client, mother, registers):
    child = person_for(FATHER, "林小满", by=CLERK)
    grant_mandate(agent=mother, person=child, ground="guardian", basis="《民法典》", by=CLERK)
    read(registers["population"], {"id_number": FATHER}, ("name",), "police")

    assert "林小满" in page(client)
    assert "公安局查询了人口库" not in page(client)
    assert "公安局查询了人口库" in page(client, **{"for": str(child.id)})
    table = client.get(reverse("registers:my_data_csv"), {"for": str(child.id)})
    assert "人口库" in table.getvalue().decode()


def test_nobody_elses_data_is_shown(client, mother, registers):
    stranger = person_for(FATHER, "赵", by=CLERK)

    for name in ("registers:my_data", "registers:my_data_csv"):
        assert client.get(reverse(name), {"for": str(stranger.id)}).status_code == 404


def test_the_list_is_paged_and_one_register_can_be_shown(client, mother, registers):
    for _ in range(12):
        read(registers["population"], {"id_number": MOTHER}, ("name",), "police")
    read(registers["births"], {"mother": MOTHER}, ("weight",), "hospital")

    assert "共 13 次" in page(client)
    assert page(client, page=2).count("y-summary-row") == 3 * 5 + 3  # each can be questioned
    only = page(client, register="births")
    assert "共 1 次" in only
    assert "医院查询了出生库" in only
    assert "公安局查询了人口库" not in only


def test_a_source_that_is_down_passed_nothing_on(client, mother, registers):
    read(registers["elsewhere"], {"id_number": MOTHER}, ("name",), "police")

    assert "对方系统没有答复，没有传来任何信息" in page(client)


def test_what_was_erased_is_still_told_of(client, mother, registers):
    answer = read(registers["population"], {"id_number": MOTHER}, ("name",), "police")
    RootKey.objects.filter(root=gate.Reading.objects.get(id=answer.reading).root).delete()

    shown = page(client)

    assert "共 1 次" in shown
    assert "（已按规定删除）" in shown


def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula(client, mother, registers):
    read(registers["population"], {"id_number": MOTHER}, ("name",), "police",
         purpose="=HYPERLINK(1)")  # fmt: skip
    client.cookies["django_language"] = "zh-hans"

    answer = client.get(reverse("registers:my_data_csv"))

    text = answer.getvalue().decode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert text.startswith("\ufeff时间,登记库,部门,")
    [_, line] = csv.reader(io.StringIO(text))
    assert line[1:4] == ["人口库", "公安局", "'=HYPERLINK(1)"]


def test_nobody_opens_it_without_signing_in(client, registers):
    for name in ("registers:my_data", "registers:my_data_csv"):
        assert client.get(reverse(name)).status_code == 302
