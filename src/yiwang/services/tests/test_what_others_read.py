"""After a birth: who read whose data, and what lies in the wallet."""

from __future__ import annotations

import pytest

from yiwang.cases.models import Case
from yiwang.identity.actions import open_account
from yiwang.identity.models import Person
from yiwang.identity.queries import account_of
from yiwang.licences.models import Licence
from yiwang.services.actions.draft import start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.tests.family import Family, actor, reply, settle, sign_and_send


@pytest.fixture
def family(city) -> Family:
    return settle(city)


@pytest.fixture
def root(family) -> Case:
    root = start("bundle", "newborn", "mother", person=family.mother, by=actor(family.mother))
    reply(root, family.mother)
    root = sign_and_send(root, family.mother)
    decide_instantly(root.id)
    return root


def page(client, person: Person, url: str) -> str:
    account = account_of(person.id) or open_account(
        f"person.{person.id}", "a long pass phrase", person=person, by=actor(person)
    )
    client.force_login(account)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_mother_sees_each_read_with_her_matter(client, family, root):
    shown = page(client, family.mother, "/my/data/")

    assert f'<a href="/my/matters/{root.number}/">' in shown
    assert "新生儿" in shown


def test_the_father_sees_that_he_was_looked_up_but_not_whose_matter_it_was(client, family, root):
    father = Person.objects.get(id_number=family.father.id_number)

    shown = page(client, father, "/my/data/")

    assert "别人的办件涉及你时查询" in shown
    assert root.number not in shown


def test_the_wallet_holds_what_the_child_was_given_and_where_it_came_from(client, family, root):
    licence = Licence.objects.get(kind="birth-certificate", root=root.id)

    assert licence.number in page(client, family.mother, "/my/wallet/")
    large = client.get(f"/my/wallet/{licence.id}/").content.decode()
    assert f'<a href="/my/matters/{root.number}/">' in large
