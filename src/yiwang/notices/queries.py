"""Reading messages."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.notices.code import digits_of
from yiwang.notices.models import Code, Message

GONE = Text(zh="（验证码已失效）", en="(the code no longer holds)")
NOT_HERE = Text(zh="（见短信）", en="(see the SMS)")


def messages_to(recipient: UUID) -> QuerySet[Message]:
    """Messages to someone: unread first, then the newest first."""
    whole = Message.objects.filter(recipient=recipient).select_related("code")
    unread = ExpressionWrapper(Q(read_at__isnull=True), output_field=BooleanField())
    return whole.annotate(unread=unread).order_by("-unread", "-created_at", "-id")


def unread_count(recipient: UUID) -> int:
    """How many messages someone has not read."""
    return Message.objects.filter(recipient=recipient, read_at__isnull=True).count()


def messages_about(case: UUID) -> QuerySet[Message]:
    """Messages about a case, the oldest first."""
    return Message.objects.filter(case=case).order_by("created_at", "id")


def text_in_inbox(message: Message) -> Text:
    """The text as the inbox shows it: a code is shown in the demo city only."""
    if message.code is None:
        return Text(**message.text)
    if message.code.expires_at < moment.now():
        return Text(**message.text).filled(code=GONE)
    if not settings.DEMO:
        return Text(**message.text).filled(code=NOT_HERE)
    return text_with_code(message)


def text_with_code(message: Message) -> Text:
    """The text with its code, as it goes out by SMS or mail."""
    text = Text(**message.text)
    if message.code is None:
        return text
    return text.filled(code=digits_of(message.code.id, message.code.salt))


def demo_code(person: UUID, purpose: str, digest: str) -> str | None:
    """The code last sent for this text, to be shown on the page; in the demo city only."""
    if not settings.DEMO:
        return None
    code = newest_code(person, purpose, digest)
    return digits_of(code.id, code.salt) if code else None


def newest_code(person: UUID, purpose: str, digest: str) -> Code | None:
    """The newest code for this text that still holds."""
    standing = Code.objects.filter(person=person, purpose=purpose, digest=digest)
    return standing.filter(expires_at__gt=moment.now()).order_by("-created_at", "-id").first()
