"""The inbox as people see it (its room knows no sign-in, so it is looked at from here)."""

from __future__ import annotations

import pytest

from yiwang.identity.tests.town import CHEN, resident
from yiwang.kernel.words import Text
from yiwang.notices.actions import send_code, tell
from yiwang.notices.models import Message
from yiwang.notices.queries import unread_count

SUBJECT = Text(zh="已受理<b>", en="Accepted<b>")
HELLO = Text(zh="您的办件已受理。{不是验证码}", en="Your matter was accepted. {not a code}")


@pytest.fixture
def lin(town, client):
    account = resident()
    client.force_login(account)
    return account.person.id


def test_an_empty_inbox_says_what_will_come(lin, client):
    page = client.get("/my/inbox/").content.decode()

    assert "还没有消息" in page


def test_messages_stand_there_and_opening_reads_them(lin, client):
    message = tell(lin, HELLO, subject=SUBJECT, link="/my/me/")

    listed = client.get("/my/inbox/").content.decode()
    opened = client.get(f"/my/inbox/{message.id}/").content.decode()

    assert "已受理&lt;b&gt;" in listed
    assert "未读" in listed
    assert "1 条消息未读" in listed
    assert "{不是验证码}" in opened
    assert 'href="/my/me/"' in opened
    assert unread_count(lin) == 0
    assert "未读" not in client.get("/my/inbox/").content.decode()


def test_the_tab_counts_what_is_unread(lin, client):
    tell(lin, HELLO, subject=SUBJECT)

    [tab] = [one for one in client.get("/my/me/").context["my_bar"] if one.name == "my.messages"]

    assert (tab.badge, tab.href) == (1, "/my/inbox/")


def test_all_are_marked_read_at_once(lin, client):
    for _ in range(3):
        tell(lin, HELLO, subject=SUBJECT)

    answer = client.post("/my/inbox/read/")

    assert answer["Location"] == "/my/inbox/"
    assert unread_count(lin) == 0


def test_somebody_elses_message_is_not_there(lin, client):
    other = resident("chen", CHEN, "陈一").person.id
    message = tell(other, HELLO, subject=SUBJECT)

    assert client.get(f"/my/inbox/{message.id}/").status_code == 404
    assert unread_count(other) == 1


def test_a_long_inbox_is_cut_into_pages(lin, client):
    for _ in range(25):
        tell(lin, HELLO, subject=SUBJECT)

    first, second = (client.get(f"/my/inbox/?page={n}") for n in (1, 2))

    assert len(first.context["messages"]) == 20
    assert len(second.context["messages"]) == 5
    assert client.get("/my/inbox/?page=x").status_code == 200


def test_the_demo_shows_the_code_it_sent(lin, client, settings):
    send_code(lin, "sign", "d")
    message = Message.objects.get()

    assert "见短信" in client.get(f"/my/inbox/{message.id}/").content.decode()
    settings.DEMO = True
    assert "见短信" not in client.get(f"/my/inbox/{message.id}/").content.decode()
