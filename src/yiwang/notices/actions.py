"""Every write of this room: telling people, delivering, reading, sending and checking codes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.kernel import moment
from yiwang.kernel.canonical import canonical
from yiwang.kernel.errors import Refusal
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.ledger.later import later
from yiwang.ledger.statement import Part, ids_of, look, run
from yiwang.ledger.together import Write, inserting, together, written
from yiwang.notices.code import digits_of, fits, hash_of
from yiwang.notices.contacts import contacts_of
from yiwang.notices.models import Code, Message
from yiwang.notices.queries import newest_code

DELIVER = "notices.deliver"
QUEUE = "notices"
MINUTES = 10
TRIES = 5
AN_HOUR = 10
AGAIN_AFTER = timedelta(seconds=60)

MESSAGES = inserting("messages", "notices_message")
ONE_AT_A_TIME = """
    -- Of several presses at once each sees what the one before it sent.
    SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(%(person)s, 0))
"""
STANDING_CODES = """
    -- A person's codes that still hold, the newest first, kept from being tried twice at once.
    SELECT json_agg(json_build_array(id, digest, salt, hash, tries)
                    ORDER BY created_at DESC, id DESC)
    FROM (
        SELECT id, digest, salt, hash, tries, created_at FROM notices_code
        WHERE person = %(person)s AND purpose = %(purpose)s AND expires_at > %(now)s
        ORDER BY created_at, id FOR UPDATE
    ) AS code
"""
TRIED = Write(
    "tried",
    f"""
    -- A try: a wrong one is counted, the first right one is dated.
    UPDATE notices_code
    SET tries = notices_code.tries + tried.wrong, used_at = coalesce(used_at, tried.used)
    FROM jsonb_to_recordset(%(tried)s::jsonb) AS tried (id uuid, wrong int, used timestamptz)
    WHERE notices_code.id = {ids_of("tried")} AND notices_code.id = tried.id
    RETURNING 1
    """,
    ready=lambda tries: canonical(tries).decode(),
)

CODE_SUBJECT = Text(zh="签名验证码", en="Code for your signature")
CODE_TEXT = Text(
    zh="您的签名验证码是 {code}，10分钟内有效。请勿告诉任何人；如非本人操作，请忽略。",
    en="The code for your signature is {code}, good for 10 minutes. Tell nobody. If this was not "
    "you, ignore it.",
)
TOO_MANY_CODES = Text(
    zh="一小时内获取验证码的次数太多了。请稍后再试，或者到窗口办理。",
    en="You asked for too many codes within an hour. Try again later, or come to a counter.",
)
UNREACHABLE = Text(
    zh="我们没有您的手机号，验证码无处可发。请先到任一服务窗口登记手机号，您填的内容会保留。",
    en="We have no phone number to send the code to. Give one at any counter first; what you "
    "filled in is kept.",
)


ERASED = Text(
    zh="这条消息的内容已依法删除。", en="What this message said was erased as the law requires."
)


@dataclass(frozen=True)
class Tiding:
    """One message about to be told: to whom, what, about which case, leading where."""

    recipient: UUID
    text: Text
    subject: Text
    case: UUID | None = None
    link: str = ""
    urgent: bool = False
    act: UUID | None = None


def tell(
    recipient: UUID,
    text: Text,
    *,
    subject: Text,
    case: UUID | None = None,
    link: str = "",
    urgent: bool = False,
    act: UUID | None = None,
) -> Message:
    """Tell one person (or member of staff) by inbox, e-mail and SMS, in the caller's transaction.

    `act` is the id of the act that made it worth telling. `urgent` sends the SMS at night too.
    """
    return tell_many([Tiding(recipient, text, subject, case, link, urgent, act)])[0]


def tell_many(tidings: Iterable[Tiding]) -> list[Message]:
    """Tell several things at once: one insert, one job for all.

    Under a shifted clock (the demo's history) messages lie in the inbox and nothing is sent out.
    """
    messages = [_message(one) for one in tidings]
    if messages:
        with together():
            written(MESSAGES, messages)
            if not moment.shifted():
                deliver_later(messages)
    return messages


def deliver_later(messages: Iterable[Message]) -> None:
    """Let the worker send these once the caller's transaction is committed."""
    later(DELIVER, queue=QUEUE, ids=[str(one.id) for one in messages])


def mark_read(message: Message) -> None:
    """The recipient opened it; the first time counts."""
    read = Message.objects.filter(id=message.id, read_at__isnull=True)
    read.update(read_at=moment.now())


def mark_all_read(recipient: UUID) -> int:
    """The recipient has seen everything; gives how many were unread."""
    unread = Message.objects.filter(recipient=recipient, read_at__isnull=True)
    return unread.update(read_at=moment.now())


@transaction.atomic
def send_code(person_id: UUID, purpose: str, digest: str) -> None:
    """Send a fresh six-digit code bound to `digest`, the digest of the text being signed.

    It holds for 10 minutes and 5 tries. Asked again within a minute: the one sent stands. Raises
    Refusal where the person cannot be reached or asked for more than 10 within an hour.
    """
    run(ONE_AT_A_TIME, {"person": f"notices.code:{person_id}"})
    now = moment.now()
    last = newest_code(person_id, purpose, digest)
    if last is not None and last.tries < TRIES and now - last.created_at < AGAIN_AFTER:
        return
    hour = Code.objects.filter(person=person_id, created_at__gt=now - timedelta(hours=1))
    if hour.count() >= AN_HOUR:
        raise Refusal(TOO_MANY_CODES)
    contact = contacts_of([person_id]).get(person_id)
    if contact is None or not (contact.phone or contact.email):
        raise Refusal(UNREACHABLE)
    code = _fresh_code(person_id, purpose, digest)
    message = Message.objects.create(
        recipient=person_id,
        subject=CODE_SUBJECT.model_dump(),
        text=CODE_TEXT.model_dump(),
        urgent=True,
        code=code,
    )
    deliver_later([message])


@transaction.atomic(savepoint=False)
def check_code(person_id: UUID, purpose: str, digest: str, code: str) -> bool:
    """Whether `code` is the one sent to this person for this very text.

    A wrong one counts as a try and says nothing more: whoever calls inside a transaction has to
    commit it then, with nothing else done. The right one answers yes again for the same text
    until it runs out, so that a form sent twice is not refused.
    """
    return try_code(look(standing_codes(person_id, purpose))[0], digest, code)


def standing_codes(person_id: UUID, purpose: str) -> Part:
    """The codes `try_code` compares with, held until the transaction ends."""
    return Part(STANDING_CODES, {"person": person_id, "purpose": purpose, "now": moment.now()})


def try_code(standing: Sequence[Any] | None, digest: str, code: str) -> bool:
    """`check_code`, where what `standing_codes` tells was looked at along with other things."""
    newest = next((one for one in standing or () if one[1] == digest), None)
    if newest is None or newest[4] >= TRIES:
        return False
    id, _, salt, hash, _ = newest
    if fits(code, salt=salt, digest=digest, hash=hash):
        written(TRIED, [{"id": id, "wrong": 0, "used": moment.now()}])
        return True
    TRIED([{"id": id, "wrong": 1, "used": None}])
    return False


def _message(one: Tiding) -> Message:
    if one.link and not (one.link.startswith("/") and one.link[1:2] != "/"):
        raise ValueError("a message leads to a path of ours")
    return Message(
        recipient=one.recipient,
        subject=one.subject.model_dump(),
        text=one.text.model_dump(),
        case=one.case,
        link=one.link,
        urgent=one.urgent,
        act=one.act,
    )


def _fresh_code(person_id: UUID, purpose: str, digest: str) -> Code:
    id, salt = new_id(), secrets.token_hex(16)
    return Code.objects.create(
        id=id,
        person=person_id,
        purpose=purpose,
        digest=digest,
        salt=salt,
        hash=hash_of(salt, digits_of(id, salt), digest),
        expires_at=moment.now() + timedelta(minutes=MINUTES),
    )


def forget(case: UUID, by: Actor) -> None:
    """Clear what messages of a root case said: part of erasing it. That they were sent stays."""
    words = {"zh": ERASED.zh, "en": ERASED.en}
    Message.objects.filter(case=case).update(subject=words, text=words)
