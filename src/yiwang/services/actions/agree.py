"""A party agrees by a fresh code bound to the text they were shown."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yiwang.cases import roots
from yiwang.cases.actions import confirm
from yiwang.cases.consents import consents_for
from yiwang.cases.models import Case
from yiwang.kernel.errors import BadInput, Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.notices.actions import check_code, send_code
from yiwang.services.actions.send import WRONG_CODE
from yiwang.services.agreeing import agreed_digest, asked_digest
from yiwang.services.queries import load

CONFIRM = "confirm"
CHANGED = Text(
    zh="内容刚刚有变动。请重新看一遍，再决定同意不同意。",
    en="What you are asked to agree to has just changed. Look at it again, then decide.",
)


def ask_code(root: Case, person: UUID) -> None:
    """Send a person a code bound to what they are asked to agree to."""
    send_code(person, CONFIRM, asked_digest(root, person))


def agree(root_id: UUID, *, person: UUID, code: str, by: Actor) -> Case:
    """Agree. Raises BadInput("code") for a wrong code (counted), Refusal where what they are asked
    is not any more what the matter says, NoSuchCase where nothing is asked."""
    with transaction.atomic():
        root = roots.locked_root(root_id)
        right = check_code(person, CONFIRM, asked_digest(root, person), code)
        if right:
            _must_be_the_same(root, person)
            root = confirm(root.id, person=person, by=by)
    if not right:
        raise BadInput("code", WRONG_CODE)
    return root


def _must_be_the_same(root: Case, person: UUID) -> None:
    matter = load(root)
    for one in consents_for(root, person):
        who = one.person_id or one.organisation_id
        if who is not None and agreed_digest(matter, who) != one.digest:
            raise Refusal(CHANGED)
