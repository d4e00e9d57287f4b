from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.notices import actions, channels, contacts, queries
from yiwang.notices.code import digits_of
from yiwang.notices.deliver import GIVE_UP_AFTER, deliver, is_quiet, masked, morning_after
from yiwang.notices.jobs import deliver_messages
from yiwang.notices.models import Code, Delivery, Message

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in the city
MIDNIGHT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
LIN, CHEN = new_id(), new_id()
HELLO = Text(zh="您的办件已受理。", en="Your matter was accepted.")
SUBJECT = Text(zh="已受理", en="Accepted")

pytestmark = pytest.mark.django_db


class Sent:
    """A channel that remembers, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str, str]] = []
        self.fails = 0

    def send(self, to: str, subject: str, text: str, *, id: str) -> None:
        if self.fails:
            self.fails -= 1
            raise channels.NotSent("down")
        self.messages.append((to, subject, text))


@pytest.fixture
def reach(monkeypatch):
    known = {LIN: contacts.Contact("13800001234", "lin@example.org", "en")}
    monkeypatch.setattr(contacts, "_teller", [lambda ids: {i: known[i] for i in ids if i in known}])
    return known


@pytest.fixture
def sms(monkeypatch):
    sent = Sent()
    monkeypatch.setattr(channels, "sms", lambda: sent)
    return sent


def jobs() -> list[dict]:
    return [one.args for one in ProcrastinateJob.objects.order_by("id")]


def test_telling_puts_it_in_the_inbox_and_defers_one_job(reach):
    case, act = new_id(), new_id()

    message = actions.tell(LIN, HELLO, subject=SUBJECT, case=case, link="/my/x/", act=act)

    stored = queries.messages_to(LIN).get()
    assert (stored.title, stored.case, stored.act, stored.link) == (SUBJECT, case, act, "/my/x/")
    assert queries.text_in_inbox(stored) == HELLO
    assert queries.unread_count(LIN) == 1
    assert jobs() == [{"ids": [str(message.id)]}]


def test_many_are_told_in_one_insert_and_one_job(reach, django_assert_num_queries):
    tidings = [actions.Tiding(LIN, HELLO, SUBJECT) for _ in range(8)]

    with django_assert_num_queries(1):  # insert, job
        actions.tell_many(tidings)

    assert len(jobs()) == 1
    assert queries.unread_count(LIN) == 8
    assert actions.tell_many([]) == []


def test_what_was_rolled_back_was_never_told(reach):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.tell(LIN, HELLO, subject=SUBJECT)
        raise RuntimeError

    assert queries.unread_count(LIN) == 0
    assert jobs() == []


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere", "javascript:1"])
def test_a_message_leads_nowhere_else(reach, link):
    with pytest.raises(ValueError, match="path of ours"):
        actions.tell(LIN, HELLO, subject=SUBJECT, link=link)


def test_history_is_not_sent_out(reach):
    with moment.at(NOON):
        actions.tell(LIN, HELLO, subject=SUBJECT)

    assert queries.messages_to(LIN).get().created_at.date() == NOON.date()
    assert jobs() == []


def test_it_goes_out_by_sms_and_mail_in_the_persons_language(reach, sms):
    message = actions.tell(LIN, HELLO, subject=SUBJECT)

    with moment.at(NOON):
        assert deliver([message.id]) == ([], [])

    assert sms.messages == [("13800001234", "Accepted", HELLO.en)]
    assert [(one.to, one.subject, one.body) for one in mail.outbox] == [
        (["lin@example.org"], "Accepted", HELLO.en)
    ]
    assert str(message.id) in mail.outbox[0].extra_headers["Message-ID"]
    kept = {one.channel: (one.state, one.to) for one in Delivery.objects.all()}
    assert kept == {"sms": ("sent", "138****1234"), "email": ("sent", "l***@example.org")}


def test_a_job_run_twice_sends_once(reach, sms):
    message = actions.tell(LIN, HELLO, subject=SUBJECT)

    with moment.at(NOON):
        deliver_messages([str(message.id)])
        deliver_messages([str(message.id)])

    assert len(sms.messages) == len(mail.outbox) == 1


def test_what_was_not_taken_is_tried_again_alone(reach, sms):
    message = actions.tell(LIN, HELLO, subject=SUBJECT)
    sms.fails = 1

    with moment.at(NOON):
        with pytest.raises(channels.NotSent):
            deliver_messages([str(message.id)])
        deliver_messages([str(message.id)])

    assert len(sms.messages) == len(mail.outbox) == 1
    assert Delivery.objects.get(channel="sms").tries == 2


def test_after_enough_tries_it_is_given_up(reach, sms):
    message = actions.tell(LIN, HELLO, subject=SUBJECT)
    sms.fails = 100

    with moment.at(NOON):
        left = [deliver([message.id])[0] for _ in range(GIVE_UP_AFTER)]

    assert left[:-1] == [[message.id]] * (GIVE_UP_AFTER - 1)
    assert left[-1] == []
    failed = Delivery.objects.get(channel="sms")
    assert (failed.state, failed.error) == ("failed", "down")


def test_phones_do_not_buzz_at_night_unless_it_is_urgent(reach, sms):
    calm = actions.tell(LIN, HELLO, subject=SUBJECT)
    urgent = actions.tell(LIN, HELLO, subject=SUBJECT, urgent=True)

    with moment.at(MIDNIGHT):
        again, morning = deliver([calm.id, urgent.id])

    assert (again, morning) == ([], [calm.id])
    assert len(sms.messages) == 1
    assert len(mail.outbox) == 2


def test_at_night_the_job_comes_back_in_the_morning(reach, sms):
    calm = actions.tell(LIN, HELLO, subject=SUBJECT)

    with moment.at(MIDNIGHT):
        deliver_messages([str(calm.id)])

    later = ProcrastinateJob.objects.latest("id")
    assert later.scheduled_at == datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    assert later.args == {"ids": [str(calm.id)]}


@pytest.mark.parametrize(
    ("at", "quiet", "until"),
    [
        (datetime(2026, 3, 2, 13, 59, tzinfo=UTC), False, None),
        (datetime(2026, 3, 2, 14, 0, tzinfo=UTC), True, datetime(2026, 3, 2, 23, tzinfo=UTC)),
        (datetime(2026, 3, 2, 22, 59, tzinfo=UTC), True, datetime(2026, 3, 2, 23, tzinfo=UTC)),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), False, None),
    ],
)
def test_quiet_hours_are_those_of_the_city(at, quiet, until):
    assert is_quiet(at) is quiet
    if until:
        assert morning_after(at) == until


def test_who_cannot_be_reached_still_has_an_inbox(reach, sms):
    message = actions.tell(CHEN, HELLO, subject=SUBJECT)

    with moment.at(NOON):
        assert deliver([message.id]) == ([], [])

    assert not Delivery.objects.exists()
    assert queries.unread_count(CHEN) == 1


def test_masked_addresses():
    assert masked(Delivery.Channel.EMAIL, "mother.lin@example.org") == "m***@example.org"


def test_reading_counts_once(reach):
    message = actions.tell(LIN, HELLO, subject=SUBJECT)
    other = actions.tell(LIN, HELLO, subject=SUBJECT)
    actions.mark_read(message)
    first = Message.objects.get(id=message.id).read_at
    actions.mark_read(message)

    assert Message.objects.get(id=message.id).read_at == first
    assert [one.id for one in queries.messages_to(LIN)] == [other.id, message.id]
    assert actions.mark_all_read(LIN) == 1
    assert queries.unread_count(LIN) == 0


# ---- codes -----------------------------------------------------------------------------------


def sent_code(digest: str = "d1") -> str:
    code = queries.newest_code(LIN, "sign", digest)
    return digits_of(code.id, code.salt)


def test_a_code_is_right_for_its_text_and_person_only(reach):
    actions.send_code(LIN, "sign", "d1")
    code = sent_code()

    assert len(code) == 6 and code.isdigit()
    assert not actions.check_code(LIN, "sign", "d2", code)
    assert not actions.check_code(LIN, "other", "d1", code)
    assert not actions.check_code(CHEN, "sign", "d1", code)
    assert actions.check_code(LIN, "sign", "d1", f" {code[:3]} {code[3:]} ")
    assert Code.objects.get().used_at is not None
    assert actions.check_code(LIN, "sign", "d1", code)


def test_five_wrong_tries_end_a_code(reach):
    actions.send_code(LIN, "sign", "d1")
    code = sent_code()
    wrong = "000000" if code != "000000" else "000001"

    assert not any(actions.check_code(LIN, "sign", "d1", wrong) for _ in range(5))
    assert not actions.check_code(LIN, "sign", "d1", code)


def test_a_code_holds_ten_minutes(reach):
    actions.send_code(LIN, "sign", "d1")
    code = sent_code()

    with moment.at(moment.now() + timedelta(minutes=11)):
        assert not actions.check_code(LIN, "sign", "d1", code)


def test_a_code_is_written_down_nowhere(reach):
    actions.send_code(LIN, "sign", "d1")
    code = sent_code()

    rows = [*Code.objects.values(), *Message.objects.values(), *ProcrastinateJob.objects.values()]
    values = {str(value) for row in rows for value in row.values()}
    assert not any(code == value or f" {code}" in value for value in values)


def test_a_code_goes_by_sms_only(reach, sms):
    actions.send_code(LIN, "sign", "d1")
    message = Message.objects.get()

    deliver([message.id])

    assert sent_code() in sms.messages[0][2]
    assert mail.outbox == []
    assert "see the SMS" in queries.text_in_inbox(message).en
    with override_settings(DEMO=True):
        assert sent_code() in queries.text_in_inbox(message).zh
        assert queries.demo_code(LIN, "sign", "d1") == sent_code()
    assert queries.demo_code(LIN, "sign", "d1") is None


def test_without_a_phone_it_goes_by_mail(reach, sms):
    reach[LIN] = contacts.Contact("", "lin@example.org")
    actions.send_code(LIN, "sign", "d1")

    deliver([Message.objects.get().id])

    assert sent_code() in mail.outbox[0].body


def test_asked_twice_in_a_minute_sends_once(reach):
    actions.send_code(LIN, "sign", "d1")
    actions.send_code(LIN, "sign", "d1")

    assert Code.objects.count() == 1
    with moment.at(moment.now() + timedelta(minutes=2)):
        actions.send_code(LIN, "sign", "d1")
    assert Code.objects.count() == 2


def test_too_many_codes_are_refused(reach):
    for number in range(10):
        actions.send_code(LIN, "sign", f"d{number}")

    with pytest.raises(Refusal):
        actions.send_code(LIN, "sign", "d10")
    assert Code.objects.count() == 10


def test_who_cannot_be_reached_gets_no_code(reach):
    with pytest.raises(Refusal):
        actions.send_code(CHEN, "sign", "d1")
    assert not Code.objects.exists()


# ---- ways out --------------------------------------------------------------------------------


def test_the_outbox_holds_one_file_each(tmp_path):
    outbox = channels.SmsOutbox(tmp_path / "sms")
    outbox.send("138", "s", "您好", id="m1")
    outbox.send("138", "s", "您好", id="m1")

    [file] = (tmp_path / "sms").iterdir()
    assert file.read_text() == "138\n您好\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_gateway_gets_a_signed_request(gateway):
    channel = channels.SmsGateway(gateway.url, "secret")

    channel.send("13800001234", "s", "您好" * 400, id="m1")

    [(headers, body)] = gateway.taken
    whole = json.loads(body)
    assert (whole["id"], whole["to"], len(whole["text"])) == ("m1", "13800001234", 500)
    assert gateway.is_signed(headers, body, b"secret")


def test_a_gateway_that_stumbles_is_asked_again(gateway):
    gateway.answers = [503, 200]

    channels.SmsGateway(gateway.url, "secret").send("1", "s", "t", id="m1")

    assert len(gateway.taken) == 2
    assert {json.loads(body)["id"] for _headers, body in gateway.taken} == {"m1"}


@pytest.mark.parametrize("status", [400, 500])
def test_a_gateway_that_refuses_is_told_of(gateway, status):
    gateway.answers = [status] * 5

    with pytest.raises(channels.NotSent):
        channels.SmsGateway(gateway.url, "secret").send("1", "s", "t", id="m1")


def test_a_gateway_that_is_not_there_is_told_of(unused_port):
    with pytest.raises(channels.NotSent):
        channels.SmsGateway(f"http://127.0.0.1:{unused_port}/", "k").send("1", "s", "t", id="m")


def test_the_settings_choose_the_way(settings, tmp_path):
    settings.NOTICES_SMS = {"url": "", "key": ""}
    assert isinstance(channels.sms(), channels.SmsOutbox)
    settings.NOTICES_SMS = {"url": "http://127.0.0.1:1/", "key": "k"}
    assert isinstance(channels.sms(), channels.SmsGateway)


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_code_is_sent(reach):
    ready = Barrier(6)

    def press(_number):
        try:
            ready.wait()
            actions.send_code(LIN, "sign", "d1")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(press, range(6)))

    assert Code.objects.count() == 1
