"""Sending: the draft becomes a matter, with a case, tasks and clocks for each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.cases import clock as clocks
from yiwang.cases.calendar import work_calendar
from yiwang.cases.consents import Signer, ask_all
from yiwang.cases.errors import CannotErase, must_move
from yiwang.cases.models import Case, Clock, Review, Task
from yiwang.cases.sql import BEGIN
from yiwang.cases.states import ENDED, Outcome, State, Verb
from yiwang.kernel import moment
from yiwang.kernel.days import WorkCalendar
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Deed, record, record_all
from yiwang.ledger.erasure import is_erased
from yiwang.ledger.together import Write, inserting, together, write_all, written
from yiwang.pack.declaration import Limit
from yiwang.pack.queries import current

BEGUN = Write("begun", BEGIN)
CHILDREN = inserting("children", "cases_case")
TASKS = inserting("tasks", "cases_task")
CLOCKS = inserting("clocks", "cases_clock")


@dataclass(frozen=True)
class ItemSpec:
    """One item about to become a case. `after` are places in the list of specs whose cases must
    be granted first; `confirmed_by` are those who must agree first."""

    what: str
    department: str
    role: str
    index: int
    steps: tuple[str, ...]
    promised: Limit
    statutory: Limit
    basis: str
    after: tuple[int, ...] = ()
    confirmed_by: tuple[Signer, ...] = ()
    about: tuple[UUID, ...] = ()
    instant: bool = False


@dataclass(frozen=True)
class ReviewSpec:
    """A joint review about to be called for: of which items, convened by when, on which law."""

    title: Text
    items: tuple[str, ...]
    within: Limit
    basis: str


@dataclass(frozen=True)
class Begun:
    """Rows of cases that just began, about to be written together."""

    cases: list[Case]
    tasks: list[Task]
    clocks: list[Clock]


def submit_case(
    root: Case,
    specs: Sequence[ItemSpec],
    *,
    by: Actor,
    key: str,
    promise: Limit,
    joint: Limit | None = None,
    review: ReviewSpec | None = None,
    body: dict[str, Any],
) -> list[Case]:
    """Turn a locked draft into a matter, in the caller's transaction; returns its items' cases.

    A single service is its own item: the root itself begins. `key` is the form's own number: the
    caller answers a second sending with the same key by the first result. `promise` and `joint`
    are the limits of the whole: the city's, and the law's where it knows one.
    """
    on, calendar = moment.today(), work_calendar(current())
    must_move(root, State.SUBMITTED if root.kind == "service" else State.UNDER_WAY)
    root.key, root.submitted_at = key, moment.now()
    begun = _begin(root, specs, on, calendar)
    if root.kind != "service":
        root.state = State.UNDER_WAY
        begun.clocks.extend(_whole(root, promise, joint, on, calendar))
    if signers := [one for spec in specs for one in spec.confirmed_by]:
        ask_all(root, signers, on, calendar)
        if not any(case.state == State.SUBMITTED for case in begun.cases):
            for clock in begun.clocks:  # the parties' time is not the offices'
                clocks.pause(clock, on, calendar)
    if review is not None:
        begun.tasks.extend(_open_review(root, review, begun.cases, on, calendar))
    with together():
        written(BEGUN, [root])
        written(CHILDREN, [case for case in begun.cases if case.id != root.id])
        written(TASKS, begun.tasks)
        written(CLOCKS, begun.clocks)
        record_all(_deeds(root, begun.cases, specs, by, body))
    return begun.cases


def _open_review(
    root: Case, spec: ReviewSpec, cases: Sequence[Case], on: date, calendar: WorkCalendar
) -> list[Task]:
    """The leading department is to convene it; nothing to review, nothing to convene."""
    items = [case.what for case in cases if case.what in spec.items]
    if not items:
        return []
    due = calendar.after(on, spec.within.days, spec.within.count)
    Review.objects.create(
        root=root, title=spec.title.model_dump(), items=items, basis=spec.basis, due_on=due
    )
    return [Task(case=root, verb=Verb.CONVENE, department=root.department, due_on=due)]


def _begin(root: Case, specs: Sequence[ItemSpec], on: date, calendar: WorkCalendar) -> Begun:
    ids = [root.id if root.kind == "service" else new_id() for _ in specs]
    begun = Begun([], [], [])
    for n, spec in enumerate(specs):
        case = root if root.kind == "service" else _child(root, spec, ids[n], n)
        case.waits_for = [ids[place] for place in spec.after]
        case.instant = spec.instant
        waiting = bool(spec.after or spec.confirmed_by)
        case.state = State.WAITING if waiting else State.SUBMITTED
        begun.cases.append(case)
        begun.tasks.extend(_consents(case, spec))
        if not waiting:
            begun.clocks.extend(_clocks(case, spec.promised, spec.statutory, on, calendar))
            begun.tasks.append(_first_task(case, spec.steps, begun.clocks))
    return begun


def _consents(case: Case, spec: ItemSpec) -> list[Task]:
    """What those who were only named have to say before anything is done."""
    return [
        Task(
            case=case,
            verb=Verb.CONFIRM,
            person_id=signer.person,
            organisation_id=signer.organisation,
            round=place,
        )
        for place, signer in enumerate(spec.confirmed_by, 1)
    ]


def _child(root: Case, spec: ItemSpec, id: UUID, n: int) -> Case:
    return Case(
        id=id, number=f"{root.number}-{n + 1}", kind="service", what=spec.what, pack=root.pack,
        root=root, parent=root, applicant_id=root.applicant_id,
        organisation_id=root.organisation_id,
        applicant_role=root.applicant_role, department=spec.department, role=spec.role,
        index=spec.index, submitted_at=root.submitted_at,
    )  # fmt: skip


def _clock(case: Case, kind: Clock.Kind, limit: Limit, on: date, calendar: WorkCalendar) -> Clock:
    return clocks.start(
        Clock(case=case, kind=kind, days=limit.days, count=limit.count), on, calendar
    )


def _whole(
    root: Case, promise: Limit, joint: Limit | None, on: date, calendar: WorkCalendar
) -> list[Clock]:
    """The limits of a whole matter: the promise, and beside it what the law allows departments
    that decide together."""
    if joint is None:
        return [_clock(root, Clock.Kind.JOINT, promise, on, calendar)]
    return [
        _clock(root, Clock.Kind.PROMISED, promise, on, calendar),
        _clock(root, Clock.Kind.JOINT, joint, on, calendar),
    ]


def _clocks(
    case: Case, promised: Limit, statutory: Limit, on: date, calendar: WorkCalendar
) -> list[Clock]:
    return [
        _clock(case, Clock.Kind.PROMISED, promised, on, calendar),
        _clock(case, Clock.Kind.STATUTORY, statutory, on, calendar),
    ]


def _first_task(case: Case, steps: Sequence[str], started: Sequence[Clock]) -> Task:
    due = next(c.due_on for c in started if c.case is case and c.kind == Clock.Kind.PROMISED)
    return Task(case=case, verb=Verb(steps[0]), department=case.department, due_on=due)


def _deeds(
    root: Case, cases: Sequence[Case], specs: Sequence[ItemSpec], by: Actor, body: dict[str, Any]
) -> list[Deed]:
    deeds = [
        Deed(
            "case.submitted", by, about=spec.about, case=case.id, root=root.id,
            purpose=f"service:{case.what}", basis=spec.basis,
            body={"what": case.what, "number": case.number},
        )
        for case, spec in zip(cases, specs, strict=True)
        if case.id != root.id
    ]  # fmt: skip
    about = {person for spec in specs for person in spec.about} | set(root.applies)
    sent = Deed(
        "case.sent", by, about=about, case=root.id, root=root.id,
        purpose=f"{root.kind}:{root.what}", body=body,
    )  # fmt: skip
    return [sent, *deeds]


def release(
    case: Case, steps: Sequence[str], promised: Limit, statutory: Limit, *, by: Actor
) -> bool:
    """Begin a case that waited, once nothing stands before it; its root is locked already.

    Returns whether it began. Its clocks start today: what others took is not its office's time.
    """
    if case.state != State.WAITING or _waits(case):
        return False
    must_move(case, State.SUBMITTED)
    case.state = State.SUBMITTED
    started = _clocks(case, promised, statutory, moment.today(), work_calendar(current()))
    task = _first_task(case, steps, started)
    write_all({BEGUN: [case], TASKS: [task], CLOCKS: started})  # read again before the end
    record("case.begun", by=by, about=case.applies, case=case.id, root=case.root_id)
    return True


def _waits(case: Case) -> bool:
    """Whether another item has to be granted first, or someone has to agree."""
    before = [one for one in case.root.children.all() if one.id in case.waits_for]
    if any(one.outcome != Outcome.GRANTED for one in before):
        return True
    return case.tasks.filter(verb=Verb.CONFIRM, state__in=("open", "claimed")).exists()


@transaction.atomic
def try_again(
    case_id: UUID, spec: ItemSpec, waits_for: Sequence[UUID], *, by: Actor, digest: str = ""
) -> Case:
    """Re-examine alone an item that was refused, not accepted or withdrawn: a new case under the
    same root, once the applicant has mended what stood against it."""
    old = Case.objects.select_related("root").get(pk=case_id)
    root = Case.objects.locked_root(old.root_id)
    if State(old.state) not in ENDED or old.outcome == "granted" or old.is_root:
        must_move(old, State.DRAFT)
    if is_erased(root.id):
        raise CannotErase("erased")
    nth = root.children.count()
    case = _child(root, spec, new_id(), nth)
    case.round, case.submitted_at = old.round + 1, moment.now()
    case.state, case.waits_for = State.WAITING, list(waits_for)
    case.save(force_insert=True)
    Task.objects.bulk_create(_consents(case, spec))
    if spec.confirmed_by:
        ask_all(root, spec.confirmed_by, moment.today(), work_calendar(current()))
    _point_to(root, old.id, case.id)
    if root.state == State.CLOSED:
        root.state, root.outcome, root.closed_at = State.UNDER_WAY, "", None
        root.save(update_fields=["state", "outcome", "closed_at"])
    record(
        "case.tried_again", by=by, about=spec.about, case=case.id, root=root.id,
        purpose=f"service:{case.what}", body={"digest": digest},
    )  # fmt: skip
    release(case, spec.steps, spec.promised, spec.statutory, by=by)
    return case


def _point_to(root: Case, old: UUID, new: UUID) -> None:
    """Whoever waited for the old case waits for the new one."""
    for waiting in root.children.filter(state=State.WAITING, waits_for__contains=[old]):
        waiting.waits_for = [new if one == old else one for one in waiting.waits_for]
        waiting.save(update_fields=["waits_for"])
