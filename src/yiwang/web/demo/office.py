"""What clerks do with the matters of the demo's week: each step a generator's turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from yiwang.cases import actions as cases
from yiwang.cases.models import Case, Task
from yiwang.cases.procedures import procedure_of
from yiwang.cases.roots import tasks_in
from yiwang.cases.states import Progress, Verb
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds, services_of
from yiwang.kernel import moment
from yiwang.kernel.days import WorkCalendar
from yiwang.kernel.errors import Defect
from yiwang.registers import dictionary
from yiwang.services.giving import stated
from yiwang.services.queries import load
from yiwang.web.demo.files import Entry
from yiwang.web.demo.hours import in_office, within
from yiwang.web.demo.worker import OwnWorker

TO_DO = (Progress.OPEN, Progress.CLAIMED)
STEPS = (Verb.ACCEPT, Verb.DECIDE)


@dataclass(frozen=True)
class Office:
    """The clerks of all departments, and when they work."""

    staff: tuple[Staff, ...]
    calendar: WorkCalendar
    rng: Random
    worker: OwnWorker

    def clerk(self, case: Case, permission: str) -> Staff:
        """Somebody who handles such items; a head of office only where nobody else does."""
        able = [
            one for one in self.staff
            if one.department == case.department
            and holds(one, permission, department=case.department, service=case.what)
        ]  # fmt: skip
        usual = [one for one in able if services_of(one, permission) is not None]
        if not able:
            raise Defect(f"the demo has no staff for {case.what} in {case.department}")
        return self.rng.choice(usual or able)

    def soon(self) -> datetime:
        """The next moment somebody comes to it."""
        return in_office(self.rng, moment.now(), self.calendar)

    def handle(self, root: Case, *, leave: str = "") -> Iterator[datetime]:
        """Accept and grant whatever waits for a clerk, item by item, but not the item `leave`."""
        while task := self._task(root, leave):
            yield self.soon()
            if task := self._task(root, leave):
                self._step(task)
                self.worker.work_off()

    def _task(self, root: Case, leave: str) -> Task | None:
        return next((one for one in tasks_in(root, STEPS) if one.case.what != leave), None)

    def _step(self, task: Task) -> None:
        staff = task.assignee or self.clerk(task.case, "cases.decide")
        if task.verb == Verb.ACCEPT:
            cases.accept(task.case_id, staff=staff)
        else:
            self.grant(task.case, staff)

    def grant(self, case: Case, staff: Staff) -> None:
        """Grant, stating what the item wants stated."""
        cases.decide(
            case.id, granted=True, reasons="", basis="", fills=self.fills(case), staff=staff
        )

    def fills(self, case: Case) -> dict[str, str]:
        """What a clerk types: what the formulas propose, else today, a plausible amount."""
        matter = load(case.root)
        item = matter.plan.by_id[case.what]
        proposed = stated(matter, item, matter.env(item, case.index), None)
        return {
            str(column): self._typed(matter.plan.elements[column.element], value)
            for column, value in proposed.items()
        }

    def _typed(self, element: Any, value: Any) -> str:
        if value is None and element.type == "date":
            value = moment.today()
        if value is None and element.codes:
            value = next(iter(element.codes))
        if value is None:
            value = Decimal(self.rng.randint(30, 60) * 100)
        plain = dictionary.to_json(value)
        return value.isoformat() if isinstance(value, date) else str(plain)

    def take_in_hand(self, root: Case, item: str) -> Iterator[datetime]:
        """Of what waits, some is claimed and some accepted."""
        if self.rng.random() > 0.4:
            return
        yield self.soon()
        for task in self._of(root, item):
            staff = self.clerk(task.case, "cases.claim")
            if task.verb == Verb.ACCEPT and self.rng.random() < 0.5:
                cases.accept(task.case_id, staff=staff)
            elif task.state == Progress.OPEN:
                cases.claim(task.id, staff=staff)

    def _of(self, root: Case, item: str) -> list[Task]:
        return tasks_in(root, STEPS, item=item)

    def refuse(self, root: Case, entry: Entry) -> Iterator[datetime]:
        """Accept the item, then refuse it with reasons."""
        yield from self._until_decision(root, entry.item)
        for task in self._of(root, entry.item):
            staff = task.assignee or self.clerk(task.case, "cases.decide")
            basis = procedure_of(task.case).terms(task.case).basis
            cases.decide(
                task.case_id, granted=False, reasons=_reason(entry), basis=basis, fills={},
                staff=staff,
            )  # fmt: skip
        self.worker.work_off()

    def ask_more(self, root: Case, entry: Entry) -> Iterator[datetime]:
        """Ask the person for what is lacking."""
        yield from self._until_decision(root, entry.item)
        for task in self._of(root, entry.item):
            staff = task.assignee or self.clerk(task.case, "cases.ask_more")
            cases.ask_more(task.case_id, asks=entry.asks, note=_reason(entry), staff=staff)

    def _until_decision(self, root: Case, item: str) -> Iterator[datetime]:
        yield self.soon()
        for task in self._of(root, item):
            if task.verb == Verb.ACCEPT:
                staff = task.assignee or self.clerk(task.case, "cases.accept")
                cases.accept(task.case_id, staff=staff)
        yield self.soon()

    def make_good(self, case: Case, words: str) -> Iterator[datetime]:
        """Answer a bad rating, a day or so later."""
        yield within(self.rng, moment.now() + (self.soon() - moment.now()) * 2, self.calendar)
        task = case.tasks.filter(verb=Verb.REWORK, state__in=TO_DO).first()
        if task is not None:
            cases.finish_rework(case.id, words=words, staff=self.clerk(case, "cases.rework"))


def _reason(entry: Entry) -> str:
    if entry.reason is None:
        raise Defect(f"the demo's week gives no reason for {entry.then} of {entry.matter}")
    return entry.reason.zh
