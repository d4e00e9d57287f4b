"""Where a matter stands: its items, one timeline, what the person has to do, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from yiwang.cases.calendar import work_calendar
from yiwang.cases.matters import items_of, not_granted
from yiwang.cases.models import Case, Clock
from yiwang.cases.review import ReviewPage, review_page
from yiwang.cases.states import ENDED, MOVES, Outcome, Progress, State, Verb
from yiwang.identity.declarations import City, Department
from yiwang.kernel import moment
from yiwang.kernel.canonical import digest
from yiwang.kernel.words import Text
from yiwang.licences.models import Licence
from yiwang.licences.queries import issued_in
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.payments.pages import BillLine, line
from yiwang.payments.queries import bills_in
from yiwang.services.matter import Matter
from yiwang.services.pages.agreeing import Voice, voices
from yiwang.services.pages.naming import called
from yiwang.services.pages.timeline import timeline_of
from yiwang.ui.parts import Step

TONES: Mapping[str, str] = {
    State.WAITING: "neutral", State.SUBMITTED: "now", State.ACCEPTED: "now",
    State.UNDER_WAY: "now", State.SUPPLEMENTING: "wait", State.PAYING: "wait",
    State.NOT_ACCEPTED: "bad",
    State.WITHDRAWN: "neutral", State.DRAFT: "wait", State.CLOSED: "good",
}  # fmt: skip
OUTCOME_TONES: Mapping[str, str] = {
    Outcome.GRANTED: "good", Outcome.REFUSED: "bad", Outcome.PARTLY: "warn",
    Outcome.NOT_ACCEPTED: "bad", Outcome.WITHDRAWN: "neutral",
}  # fmt: skip
AT_ONCE = timedelta(seconds=8)  # how long a page asks whether a rule has decided


@dataclass(frozen=True)
class Due:
    """A day by which something is due, with days left; `paused` while the person is waited for."""

    on: date
    left: int
    unit: str
    paused: bool = False


@dataclass(frozen=True)
class ItemBill:
    """Something an item costs; `mine`: the applicant pays it."""

    line: BillLine
    mine: bool


@dataclass(frozen=True)
class ItemCard:
    """One item: where it stands, at which office, what it gave, what may be done with it."""

    id: UUID
    number: str
    title: str
    plain: str
    office: Text
    phone: str
    state: str
    tone: str
    due: Due | None
    ended: date | None
    at_once: bool
    waits_for: tuple[str, ...]
    confirms: bool
    licences: tuple[Licence, ...]
    reasons: str
    basis: str
    appeal: Text | None
    supply: UUID | None
    stars: int | None
    may_withdraw: bool
    may_rate: bool
    may_try_again: bool
    round: int
    bills: tuple[ItemBill, ...] = ()

    @property
    def to_pay(self) -> tuple[ItemBill, ...]:
        """What this person has to pay now."""
        return tuple(bill for bill in self.bills if bill.mine and bill.line.due)

    @property
    def others_pay(self) -> bool:
        """Whether somebody else has to pay now."""
        return any(bill.line.due and not bill.mine for bill in self.bills)


@dataclass(frozen=True)
class MatterPage:
    """Everything the page of one matter shows. `mark` tells one state from another; `fresh` is
    whether a rule may still decide within seconds."""

    number: str
    title: Text
    state: str
    tone: str
    due: Due | None
    sent_at: datetime | None
    items: tuple[ItemCard, ...]
    timeline: tuple[Step, ...]
    next: tuple[str, ...]
    mark: str
    fresh: bool
    over: bool
    review: ReviewPage | None = None
    voices: tuple[Voice, ...] = ()

    @property
    def to_supply(self) -> tuple[ItemCard, ...]:
        """Items whose office waits for the person."""
        return tuple(item for item in self.items if item.supply)

    @property
    def to_pay(self) -> tuple[ItemBill, ...]:
        """What the person has to pay now."""
        return tuple(bill for item in self.items for bill in item.to_pay)

    @property
    def to_rate(self) -> tuple[ItemCard, ...]:
        """Items that have ended and were not rated."""
        return tuple(item for item in self.items if item.may_rate)

    @property
    def may_withdraw(self) -> bool:
        """Whether some item can still be taken back."""
        return any(item.may_withdraw for item in self.items)

    @property
    def granted(self) -> int:
        """How many items are granted."""
        return sum(item.tone == "good" for item in self.items)


def standing_of(root: Case, matter: Matter) -> MatterPage:
    """A matter as its applicant sees it."""
    cases = items_of(root)
    pack = current()
    titles = {case.id: title_of_case(matter, case) for case in cases}
    licences = issued_in([case.id for case in cases])
    bills = _bills(cases)
    latest = {(case.what, case.index): case.id for case in sorted(cases, key=lambda c: c.round)}
    items = tuple(
        replace(
            _card(case, matter, pack, titles, licences, latest[case.what, case.index] == case.id),
            bills=tuple(bills.get(case.id, ())),
        )
        for case in cases
    )
    state, tone = _state(root)
    return MatterPage(
        number=root.number,
        title=matter.plan.title,
        state=state,
        tone=tone,
        due=_due(root.clocks.all(), Clock.Kind.PROMISED, Clock.Kind.JOINT),
        sent_at=root.submitted_at,
        items=items,
        timeline=timeline_of(root, cases, titles, matter, {i.id: i for i in items}),
        next=_next(items),
        mark=_mark(cases),
        fresh=_fresh(root, cases),
        over=State(root.state) in ENDED,
        review=review_page(root),
        voices=voices(root, matter),
    )


def _bills(cases: Sequence[Case]) -> dict[UUID, list[ItemBill]]:
    found: dict[UUID, list[ItemBill]] = {}
    applicants = {case.id: case.applicant_id for case in cases}
    for bill in bills_in(list(applicants)):
        mine = bill.payer_id == applicants[bill.case_id]
        found.setdefault(bill.case_id, []).append(ItemBill(line(bill), mine))
    return found


def title_of_case(matter: Matter, case: Case) -> str:
    """The item's title, with the child's name where there are several."""
    item = matter.plan.by_id[case.what]
    title = str(item.service.title)
    if item.per and len(matter.indexes(item.per)) > 1:
        who = called(matter, item.per, case.index)
        title = gettext("%(what)s (%(who)s)") % {"what": title, "who": who}
    return title


def _state(case: Case) -> tuple[str, str]:
    """State in words and its tone; an ended case is told by its outcome."""
    if case.outcome and State(case.state) in ENDED:
        return str(Outcome(case.outcome).label), OUTCOME_TONES[case.outcome]
    return str(State(case.state).label), TONES.get(case.state, "neutral")


def _card(
    case: Case,
    matter: Matter,
    pack: Pack,
    titles: Mapping[UUID, str],
    licences: Sequence[Licence],
    latest: bool,
) -> ItemCard:
    office = pack.all(Department).get(case.department) or matter.plan.pack.get(
        Department, case.department
    )
    open_ = [task for task in case.tasks.all() if task.state in (Progress.OPEN, Progress.CLAIMED)]
    confirms = any(task.verb == Verb.CONFIRM for task in open_)
    state, tone = (gettext("Waits for consent"), "neutral") if confirms else _state(case)
    ended = State(case.state) in ENDED
    rating = getattr(case, "rating", None)
    lost = ended and case.outcome != Outcome.GRANTED
    return ItemCard(
        id=case.id,
        number=case.number,
        title=titles[case.id],
        plain=str(matter.plan.by_id[case.what].service.title),
        office=office.short,
        phone=office.phone,
        state=state,
        tone=tone,
        due=None if ended else _due(case.clocks.all(), Clock.Kind.PROMISED),
        ended=moment.local(case.decided_at).date() if ended and case.decided_at else None,
        at_once=case.by_rule,
        waits_for=_waits(case, matter),
        confirms=confirms,
        licences=tuple(one for one in licences if one.case == case.id),
        reasons=_reasons(case) if lost else "",
        basis=_basis(case) if lost else "",
        appeal=_appeal(case, matter) if lost and case.outcome != Outcome.WITHDRAWN else None,
        supply=next((task.id for task in open_ if task.verb == Verb.SUPPLY), None),
        stars=rating.stars if rating else None,
        may_withdraw=State.WITHDRAWN in MOVES[State(case.state)] and case.state != State.DRAFT,
        may_rate=ended and rating is None and case.outcome != Outcome.WITHDRAWN,
        may_try_again=lost and latest and not case.is_root,
        round=case.round,
    )


def _reasons(case: Case) -> str:
    verdict = getattr(case, "verdict", None)
    if verdict is not None:
        return str(verdict.reasons)
    notes = [t.note for t in case.tasks.all() if t.verb == Verb.ACCEPT and t.state == Progress.DONE]
    return notes[-1] if notes and case.outcome == Outcome.NOT_ACCEPTED else ""


def _basis(case: Case) -> str:
    verdict = getattr(case, "verdict", None)
    return str(verdict.basis) if verdict is not None else ""


def _appeal(case: Case, matter: Matter) -> Text:
    service = matter.plan.by_id[case.what].service
    return service.appeal or matter.plan.pack.only(City).appeal


def _waits(case: Case, matter: Matter) -> tuple[str, ...]:
    """Titles of what has to be granted first."""
    if case.state != State.WAITING:
        return ()
    services = [matter.plan.by_id[one.what].service for one in not_granted(case.waits_for)]
    return tuple(dict.fromkeys(str(service.title) for service in services))


def _due(clocks: Sequence[Clock], *kinds: Clock.Kind) -> Due | None:
    for kind in kinds:
        for clock in clocks:
            if clock.kind == kind and clock.stopped_on is None:
                left = work_calendar(current()).between(
                    moment.today(),
                    clock.due_on,
                    clock.count,  # type: ignore[arg-type]
                )
                if clock.paused_on is not None:
                    return Due(clock.due_on, clock.left or 0, clock.count, paused=True)
                return Due(clock.due_on, left, clock.count)
    return None


def _next(items: Sequence[ItemCard]) -> tuple[str, ...]:
    """What happens next, in sentences, the person's own part first."""
    parts = (
        (gettext("You: give what was asked for: %(what)s."), [i for i in items if i.supply]),
        (gettext("You: pay what is due for: %(what)s."), [i for i in items if i.to_pay]),
        (
            gettext("The other person: pay what is due for: %(what)s."),
            [i for i in items if i.others_pay],
        ),
        (
            gettext("The other person: confirm by their own sign-in, for: %(what)s."),
            [i for i in items if i.confirms],
        ),
        (
            gettext("The offices: decide %(what)s. There is nothing you need to do."),
            [i for i in items if i.due and not i.due.paused],
        ),
        (
            gettext("You may mend this and have it examined again: %(what)s."),
            [i for i in items if i.may_try_again],
        ),
        (
            gettext("After that: %(what)s, which need what is decided first."),
            [i for i in items if i.waits_for and not i.confirms],
        ),
    )
    return tuple(words % {"what": _list([i.plain for i in some])} for words, some in parts if some)


def _list(words: Sequence[str]) -> str:
    return gettext(", ").join(dict.fromkeys(words))


def _mark(cases: Sequence[Case]) -> str:
    """What tells one state of the matter from another."""
    return digest([[case.number, case.state, case.outcome] for case in cases])[:16]


def _fresh(root: Case, cases: Sequence[Case]) -> bool:
    """Whether some item may still be decided by rule within seconds of sending, or of the last
    consent."""
    tasks = [task for case in cases for task in case.tasks.all() if task.verb == Verb.CONFIRM]
    moments = [root.submitted_at, *(task.done_at for task in tasks)]
    last = max((one for one in moments if one is not None), default=None)
    if last is None or moment.now() - last > AT_ONCE:
        return False
    return any(State(case.state) not in ENDED for case in cases)
