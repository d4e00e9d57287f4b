from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session

from yiwang.identity import sign_in
from yiwang.identity.actions import retire_staff
from yiwang.identity.jobs import forget
from yiwang.identity.models import Account, Tries
from yiwang.identity.tests.town import BY, PASSWORD, clerk, resident
from yiwang.kernel import moment
from yiwang.ledger.models import Act


def enter(client, username="lin", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_the_right_password_opens_under_a_fresh_session(town, client):
    resident()
    client.get("/sign-in/")
    session = client.session
    session["seen"] = 1
    session.save()
    before = session.session_key

    answer = enter(client, " LIN ")

    assert answer["Location"] == "/my/"
    assert client.session.session_key != before
    assert client.cookies["sessionid"]["httponly"]


def test_staff_begin_at_their_desk_and_that_is_an_act(town, client):
    account = clerk()

    answer = enter(client, "clerk")

    assert answer["Location"] == "/desk/"
    act = Act.objects.get(what="identity.signed_in")
    assert (act.by_id, act.department) == (str(account.staff.id), "health")


def test_a_resident_signing_in_is_no_act(town, client):
    resident()
    enter(client)

    assert not Act.objects.filter(what="identity.signed_in").exists()


@pytest.mark.parametrize("username", ["lin", "nobody"])
def test_a_wrong_password_and_an_unknown_name_answer_alike(town, client, username):
    resident()

    answer = enter(client, username, "wrong")

    assert answer.status_code == 422
    assert "wrong" not in answer.content.decode()
    assert "sessionid" not in client.cookies
    text = answer.content.decode().replace(username, "").split("<main")[1]
    assert "用户名或密码不对" in text


def test_an_unknown_name_costs_a_hashing_too(town, client, monkeypatch):
    hashed = []
    monkeypatch.setattr(sign_in, "make_password", hashed.append)

    enter(client, "nobody", "wrong")

    assert hashed == ["wrong"]


def test_who_was_let_go_can_neither_stay_nor_come_back(town, client):
    account = clerk()
    client.force_login(account)
    retire_staff(account.staff.id, by=BY)

    assert client.get("/sign-in/?next=/desk/").status_code == 200
    assert enter(client, "clerk").status_code == 422


def test_what_is_over_is_forgotten_at_night(town, client):
    resident()
    enter(client, password="wrong")
    enter(client)
    forget(timestamp=0)
    assert (Tries.objects.count(), Session.objects.count()) == (2, 1)

    with moment.at(moment.now() + timedelta(days=2)):
        forget(timestamp=0)

    assert (Tries.objects.count(), Session.objects.count()) == (0, 0)


def test_an_account_that_was_closed_does_not_open(town, client):
    account = resident()
    Account.objects.filter(id=account.id).update(is_active=False)

    assert enter(client).status_code == 422


def test_what_was_left_out_is_asked_for(town, client):
    answer = enter(client, "", "")

    assert answer.status_code == 422
    assert "请输入用户名" in answer.content.decode()
    assert "请输入密码" in answer.content.decode()
    assert not Tries.objects.exists()


def test_after_five_wrong_tries_even_the_right_one_waits(town, client):
    resident()
    codes = [enter(client, password="wrong").status_code for _ in range(5)]

    late = enter(client)

    assert codes == [422] * 5
    assert late.status_code == 429
    assert "15" in late.content.decode().split("<main")[1]
    assert late["Retry-After"] == str(15 * 60)
    with moment.at(moment.now() + timedelta(minutes=16)):
        assert enter(client).status_code == 302


def test_other_people_and_places_are_not_held_up(town, client):
    resident()
    clerk()
    for _ in range(6):
        enter(client, password="wrong")

    assert enter(client, "clerk").status_code == 302
    client.logout()
    elsewhere = client.post(
        "/sign-in/", {"username": "lin", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9"
    )
    assert elsewhere.status_code == 302


def test_success_clears_the_count_at_this_place(town, client):
    resident()
    for _ in range(4):
        enter(client, password="wrong")
    enter(client)
    client.logout()

    assert [enter(client, password="wrong").status_code for _ in range(4)] == [422] * 4


def test_counts_name_nobody(town, client):
    enter(client, "lin", "wrong")

    assert Tries.objects.count() == 3
    assert all(len(one.key) == 64 for one in Tries.objects.all())


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_the_way_back_stays_here(town, client, there):
    resident()

    assert enter(client, next=there)["Location"] == "/my/"


def test_who_is_signed_in_already_is_led_on(town, client):
    client.force_login(resident())

    assert client.get("/sign-in/?next=/my/me/")["Location"] == "/my/me/"


def test_signing_out_ends_the_session(town, client):
    client.force_login(resident())

    answer = client.post("/sign-out/")

    assert answer["Location"] == "/"
    assert client.get("/my/me/").status_code == 302
    assert client.get("/sign-out/").status_code == 405


def test_the_language_spoken_is_that_of_messages(town, client):
    account = resident()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"

    enter(client)

    account.refresh_from_db()
    assert account.language == "en"


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.5")

    settings.HTTPS = False
    assert sign_in.address_of(request) == "10.0.0.1"
    settings.HTTPS = True
    assert sign_in.address_of(request) == "203.0.113.5"


# ---- the demo city ---------------------------------------------------------------------------


def demo_account():
    account = resident()
    account.demo, account.story = True, {"zh": "双胞胎的妈妈", "en": "Mother of twins"}
    account.save()
    return account


def test_the_demo_page_exists_in_the_demo_city_only(town, client, settings):
    demo_account()

    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"account": str(Account.objects.get().id)}).status_code == 404
    settings.DEMO = True
    page = client.get("/demo/").content.decode()
    assert "双胞胎的妈妈" in page


def test_one_tap_signs_in(town, client, settings):
    settings.DEMO = True
    account = demo_account()

    assert client.post("/demo/", {"account": str(account.id)})["Location"] == "/my/"
    assert client.get("/my/me/").status_code == 200


def test_only_demo_accounts_are_open_to_a_tap(town, client, settings):
    settings.DEMO = True
    account = resident()

    assert client.post("/demo/", {"account": str(account.id)}).status_code == 404
    assert client.post("/demo/", {"account": "x'"}).status_code == 404
    assert "sessionid" not in client.cookies


def test_staff_stand_under_their_department(town, client, settings):
    settings.DEMO = True
    demo_account()
    account = clerk()
    Account.objects.filter(id=account.id).update(demo=True)

    groups = client.get("/demo/").context["groups"]

    assert [len(group.accounts) for group in groups] == [1, 1]
    assert str(groups[1].title) == "health"
    assert str(groups[1].accounts[0].story) == "clerk"


# ---- my account ------------------------------------------------------------------------------


def test_my_account_shows_who_i_am_masked(town, client):
    client.force_login(resident())

    page = client.get("/my/me/").content.decode()

    assert "林小满" in page
    assert "9901**********001X" in page[page.index("<main") :]
    assert "138****1234" in page
    assert "99010219920304001X" not in page


def test_a_session_cookie_with_a_null_character_is_nobodys(town, client):
    client.cookies["sessionid"] = "\0" + "a" * 31

    assert client.get("/my/me/")["Location"].startswith("/sign-in/")
