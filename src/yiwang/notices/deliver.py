"""Carrying messages out: each at most once to a channel that took it, again to one that did not."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yiwang.kernel import moment
from yiwang.kernel.words import speaking
from yiwang.notices import channels
from yiwang.notices.contacts import Contact, contacts_of
from yiwang.notices.models import Delivery, Message
from yiwang.notices.queries import text_with_code
from yiwang.ui.formats import masked_phone

log = logging.getLogger(__name__)

QUIET_FROM, QUIET_UNTIL = 22, 7  # hours in the city in which no phone buzzes
GIVE_UP_AFTER = 8

Sms, Mail = Delivery.Channel.SMS, Delivery.Channel.EMAIL


def deliver(ids: Iterable[UUID]) -> tuple[list[UUID], list[UUID]]:
    """Send what was not sent yet. Gives the ids to try again, and those that wait for morning."""
    messages = list(Message.objects.filter(id__in=list(ids)).select_related("code"))
    reach = contacts_of({one.recipient for one in messages})
    again: list[UUID] = []
    morning: list[UUID] = []
    for message in messages:
        for way, to in _ways(message, reach.get(message.recipient)):
            if way is Sms and not message.urgent and is_quiet(moment.now()):
                morning.append(message.id)
            elif not _carry(message, way, to, reach[message.recipient].language):
                again.append(message.id)
    return again, morning


def is_quiet(at: datetime) -> bool:
    """Whether phones should not buzz in the city at this moment."""
    hour = moment.local(at).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def morning_after(at: datetime) -> datetime:
    """When the quiet hours that hold `at` are over."""
    here = moment.local(at)
    morning = here.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0)
    return morning if morning > here else morning + timedelta(days=1)


def _ways(message: Message, contact: Contact | None) -> Iterator[tuple[Delivery.Channel, str]]:
    """SMS and mail where there is a number or address; a code goes one way only, SMS first."""
    if contact is None:
        return
    if contact.phone:
        yield Sms, contact.phone
    if contact.email and not (message.code_id and contact.phone):
        yield Mail, contact.email


def _carry(message: Message, way: Delivery.Channel, to: str, language: str) -> bool:
    """Try once, unless it was sent or given up already; False asks for another try."""
    with transaction.atomic():
        one, _ = Delivery.objects.get_or_create(
            message=message, channel=way, defaults={"to": masked(way, to)}
        )
        one = Delivery.objects.select_for_update().get(id=one.id)
        if one.state != Delivery.State.WAITING:
            return True
        _send(one, message, to, language)
        one.save()
        return one.state != Delivery.State.WAITING


def _send(one: Delivery, message: Message, to: str, language: str) -> None:
    channel = channels.sms() if one.channel == Sms else channels.email()
    one.tries += 1
    with speaking(language):
        subject, text = str(message.title), str(text_with_code(message))
    try:
        channel.send(to, subject, text, id=str(message.id))
    except channels.NotSent as failed:
        one.error = str(failed)[:200]
        one.state = Delivery.State.FAILED if one.tries >= GIVE_UP_AFTER else one.state
        log.warning("%s of message %s not sent: %s", one.channel, message.id, failed)
        return
    one.state, one.sent_at, one.error = Delivery.State.SENT, moment.now(), ""


def masked(way: Delivery.Channel, to: str) -> str:
    """An address nobody can use: `138****1234`, `a***@example.org`."""
    if way is Sms:
        return masked_phone(to)
    name, _, domain = to.partition("@")
    return f"{name[:1]}***@{domain}"[:100]
