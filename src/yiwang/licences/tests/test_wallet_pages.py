"""The wallet's pages."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from yiwang.identity.actions import grant_mandate, open_account, person_for
from yiwang.kernel.words import Text
from yiwang.licences import actions
from yiwang.licences.declarations import LicenceKind
from yiwang.registers import followers
from yiwang.registers.followers import Matter
from yiwang.registers.tests.town import CLERK, FATHER, MOTHER

ON = date(2026, 11, 21)


@pytest.fixture
def kinds(pack):
    return pack.all(LicenceKind)


@pytest.fixture
def mother(client, pack):
    return signed_in(client, MOTHER, "林岚", "mother.lin")


def signed_in(client, number, name, username):
    person = person_for(number, name, by=CLERK)
    account = open_account(username=username, password="a long pass phrase", person=person,
                           by=CLERK)  # fmt: skip
    client.force_login(account)
    return person


def issue(kind, holder, fields, on=ON, case=None):
    case = case or uuid4()
    return actions.issue(
        kind, holder=holder.id, fields=fields, case=case, root=case, by=CLERK, on=on
    )


def page(client, url, language="zh-hans"):
    client.cookies["django_language"] = language
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


WALLET = "/my/wallet/"


def test_an_empty_wallet_says_what_comes_into_it(client, mother):
    assert "还没有证照" in page(client, WALLET)
    assert "No licences yet" in page(client, WALLET, "en")


def test_the_wallet_shows_mine_and_my_childs(client, mother, kinds):
    child = person_for(None, "林小满", by=CLERK)
    grant_mandate(agent=mother, person=child, ground="guardian", basis="《民法典》", by=CLERK)
    issue(kinds["pass"], mother, {"name": "林岚"})
    born = issue(kinds["birth-certificate"], child, {"name": "林小满"})

    shown = page(client, WALLET)

    assert "林小满（你是监护人）" in shown
    assert born.number in shown
    assert reverse("licences:licence", args=[born.id]) in shown
    assert shown.index("通行证") < shown.index("出生证明")
    assert "whose guardian you are" in page(client, WALLET, "en")


def test_one_licence_shows_everything_it_states(client, mother, kinds, monkeypatch):
    case = uuid4()
    matter = Matter("XC-1", Text(zh="办证", en="Getting it"), "/my/matters/XC-1/")
    monkeypatch.setattr(followers.MATTERS, "_entries", {"x": lambda cases, who: {case: matter}})
    licence = issue(kinds["pass"], mother, {"name": "林<b>岚", "division": "t-1-1"}, case=case)

    shown = page(client, reverse("licences:licence", args=[licence.id]))

    for words in ("东区柳街道", licence.number, "2028年11月21日", "公安局", "林&lt;b&gt;岚",
                  '<a href="/my/matters/XC-1/">办证 XC-1</a>'):  # fmt: skip
        assert words in shown
    assert "<b>岚" not in shown


def test_a_licence_that_does_not_hold_says_so(client, mother, kinds):
    past = issue(kinds["pass"], mother, {"name": "林岚"}, on=date(2020, 1, 1))
    rests = issue(kinds["pass"], mother, {"name": "林岚"})
    actions.suspend(rests.id, by=CLERK, reason=Text(zh="核查中", en="Being checked"))

    assert "已过期" in page(client, reverse("licences:licence", args=[past.id]))
    assert "已暂停" in page(client, reverse("licences:licence", args=[rests.id]))


def test_a_strangers_licence_is_not_there(client, mother, kinds):
    stranger = person_for(FATHER, "赵", by=CLERK)
    licence = issue(kinds["pass"], stranger, {"name": "赵"})

    answer = client.get(reverse("licences:licence", args=[licence.id]))

    assert answer.status_code == 404
    assert licence.number not in answer.content.decode()


def test_nobody_opens_a_wallet_without_signing_in(client, pack):
    assert client.get(WALLET).status_code == 302
