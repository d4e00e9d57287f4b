"""Drafts brought to their last step by the actions a person's own clicks would call."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connections

from tests.benchmarks.people import Mother
from yiwang.cases.models import Case
from yiwang.identity.actors import person_actor
from yiwang.notices.code import digits_of
from yiwang.notices.queries import newest_code
from yiwang.services.actions.draft import answer, start
from yiwang.services.actions.send import SIGN, ask_signature, needs_signature
from yiwang.services.asking import next_page
from yiwang.services.queries import load
from yiwang.services.summary import summary_digest

ANSWERS = {
    "child.name": "林小满",
    "case.guidance_way": "phone",
    "case.registers_with": "mother",
    "case.contact_phone": "13800000000",
    "case.delivery": "electronic",
    "case.photo_wanted": "no",
    "case.card_bank": "jiangcheng-bank",
    "case.confirms_record": "yes",
    "case.agrees_bank_data": "yes",
    "case.agrees_guidance": "yes",
}


@dataclass(frozen=True)
class Draft:
    """A draft with nothing left but to send it; `code` signs it ("" where none is asked)."""

    id: UUID
    number: str
    mother: Mother
    code: str


def opened(mother: Mother, kind: str, what: str) -> Case:
    """A draft with its first reads done."""
    by = person_actor(mother.person)
    return start(kind, what, "mother", person=mother.person, by=by)


def finished(root: Case, mother: Mother) -> Draft:
    """The draft with every question answered and the code for its signature sent."""
    by = person_actor(mother.person)
    matter = load(root)
    while page := next_page(matter):
        given = {ask.name: ANSWERS[str(ask.column)] for ask in page.asks}
        matter = answer(root.id, list(page.asks), given, by=by)
    if not needs_signature(matter):
        return Draft(root.id, root.number, mother, "")
    ask_signature(root)
    code = newest_code(mother.person.id, SIGN, summary_digest(matter))
    assert code is not None
    return Draft(root.id, root.number, mother, digits_of(code.id, code.salt))


def prepared(mothers: Sequence[Mother], kind: str, what: str, *, processes: int = 2) -> list[Draft]:
    """One draft for each mother, ready to be sent; made by several processes."""
    parts = [(list(mothers[n::processes]), kind, what) for n in range(processes)]
    connections.close_all()
    pool = multiprocessing.get_context("fork").Pool(processes, initializer=_end_when_told)
    try:
        return [draft for part in pool.starmap(_prepared, parts) for draft in part]
    finally:
        pool.close()
        pool.join()


def _end_when_told() -> None:
    """The handlers of the main process tidy up its city: that is not a helper's to do."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _prepared(mothers: list[Mother], kind: str, what: str) -> list[Draft]:
    return [finished(opened(one, kind, what), one) for one in mothers]
