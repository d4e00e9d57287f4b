"""The joint review of a root (联合评审): whether one is open, what was said, who is to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case, Review, Task
from yiwang.cases.states import ENDED, Progress, Reviewed, Stance, State, Verb
from yiwang.identity.declarations import Department
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.pack.queries import current

LIVE = (Progress.OPEN, Progress.CLAIMED)
TONES = {
    Reviewed.ADOPTED: "good", Reviewed.CONDITIONS: "warn", Reviewed.NOT: "bad",
    Stance.AGREE: "good", Stance.IF: "warn", Stance.OBJECT: "bad",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One department's opinion; `stance` is empty while it is awaited."""

    office: Text
    stance: str
    tone: str
    words: str
    at: datetime | None


@dataclass(frozen=True)
class ReviewPage:
    """A joint review as the office reads it; `outcome` is empty while it is open."""

    title: Text
    meets_at: datetime | None
    place: str
    materials: str
    opinions: tuple[Said, ...]
    outcome: str
    tone: str
    minutes: str
    open: bool


def review_of(root: UUID) -> Review | None:
    """The joint review of a root; None where it has none."""
    return Review.objects.filter(root=root).first()


def open_review(root: Case) -> Review:
    """The review one acts on, of a locked root; NoSuchCase where it has none."""
    found = review_of(root.id)
    if found is None:
        raise NoSuchCase()
    return found


def awaits_review(case: Case) -> bool:
    """Whether the decision of an item waits for a joint review."""
    found = review_of(case.root_id)
    return found is not None and found.concluded_at is None and case.what in found.items


def reviewed_items(review: Review) -> list[Case]:
    """The items that are still to be decided with it."""
    cases = Case.objects.filter(root=review.root_id, kind="service", what__in=review.items)
    return [one for one in cases.order_by("number") if State(one.state) not in ENDED]


def lapse(root: Case) -> None:
    """Nothing is left to review: nobody has to meet any more. The root is locked."""
    found = review_of(root.id)
    if found is None or found.concluded_at is not None or reviewed_items(found):
        return
    found.outcome, found.concluded_at = Reviewed.LAPSED, moment.now()
    found.save(update_fields=["outcome", "concluded_at"])
    root.tasks.filter(state__in=LIVE).update(state=Progress.CANCELLED, done_at=moment.now())


def review_page(case: Case) -> ReviewPage | None:
    """The joint review an item or a root belongs to, with what every department said."""
    found = review_of(case.root_id)
    if found is None or (case.id != case.root_id and case.what not in found.items):
        return None
    given = [
        Said(_office(one.department), str(Stance(one.stance).label),
             TONES[Stance(one.stance)], one.words, one.at)
        for one in found.opinions.order_by("at")
    ]  # fmt: skip
    waiting = Task.objects.filter(case__root=case.root_id, verb=Verb.OPINE, state__in=LIVE)
    given += [
        Said(_office(id), "", "wait", "", None)
        for id in dict.fromkeys(waiting.order_by("id").values_list("department", flat=True))
    ]
    outcome = Reviewed(found.outcome) if found.outcome else None
    return ReviewPage(
        title=Text(**found.title),
        meets_at=found.meets_at,
        place=found.place,
        materials=found.materials,
        opinions=tuple(given),
        outcome=str(outcome.label) if outcome else "",
        tone=TONES.get(outcome, "neutral") if outcome else "now",
        minutes=found.minutes,
        open=found.concluded_at is None,
    )


def _office(id: str) -> Text:
    departments: Mapping[str, Department] = current().all(Department)
    return departments[id].short if id in departments else Text(zh=id, en=id)
