"""One matter of the demo's week from its first question on. A story yields when it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.cases import actions as cases
from yiwang.cases.matters import items_to_confirm
from yiwang.cases.models import Case
from yiwang.cases.roots import items, tasks_in
from yiwang.cases.states import State, Verb
from yiwang.identity.actors import person_actor
from yiwang.identity.models import Person
from yiwang.kernel import moment
from yiwang.kernel.errors import Defect
from yiwang.kernel.ids import new_id
from yiwang.notices.code import digits_of
from yiwang.notices.queries import newest_code
from yiwang.pack.pack import Pack
from yiwang.services.actions.draft import start
from yiwang.services.actions.send import SIGN, ask_signature, needs_signature, send
from yiwang.services.actions.supply import hand_in
from yiwang.services.declarations import Bundle
from yiwang.services.queries import load
from yiwang.services.summary import summary_digest
from yiwang.web.demo.answers import Applicant
from yiwang.web.demo.files import Entry
from yiwang.web.demo.hours import evening
from yiwang.web.demo.office import Office

Turns = Iterator[datetime]
BAD = 2


@dataclass(frozen=True)
class Story:
    """A family's matter: `stars` is what they give once it has ended, 0 nothing."""

    entry: Entry
    applicant: Applicant
    person: Person
    father: Person | None
    office: Office
    pack: Pack
    began: datetime
    stars: int = 0

    def turns(self) -> Turns:
        """Everything that happens, in its order."""
        yield self.began
        root = self._start()
        if self.entry.then == "draft":
            pages = self.applicant.rng.choice((1, 2, 3))
            self.applicant.begin(root, pages, by=person_actor(self.person))
            return
        yield moment.now() + timedelta(minutes=self.applicant.rng.randint(4, 14))
        fill_in_and_send(root, self.person, self.applicant)
        yield from self._confirmed(root)
        root.refresh_from_db()
        yield from PLOTS[self.entry.then](self, root)
        root.refresh_from_db()
        if self.stars and root.state in (State.CLOSED, State.DECIDED):
            yield from self._rate(root)

    def _start(self) -> Case:
        kind = "bundle" if self.entry.matter in self.pack.all(Bundle) else "service"
        by = person_actor(self.person)
        root = start(kind, self.entry.matter, self.applicant.role, person=self.person, by=by)
        self.applicant.worker.work_off()
        return root

    def _confirmed(self, root: Case) -> Turns:
        """The father agrees on his own phone, where nothing else ties him."""
        if self.father is None or self.entry.family != "unmarried":
            return
        yield moment.now() + timedelta(minutes=self.applicant.rng.randint(10, 90))
        if items_to_confirm(root, self.father.id):
            cases.confirm(root.id, person=self.father.id, by=person_actor(self.father))
            self.applicant.worker.work_off()

    def _rate(self, root: Case) -> Turns:
        rng, week = self.applicant.rng, self.applicant.week
        yield evening(rng, moment.today() + timedelta(days=rng.choice((0, 0, 1))))
        case = self._rated(root)
        words = rng.choice(self.entry.words or week.words[self.stars])
        by = person_actor(self.person)
        cases.rate(case.id, person=self.person.id, stars=self.stars, words=words, by=by)
        if self.stars <= BAD and rng.random() < 0.4:
            yield from self.office.make_good(case, rng.choice(week.rework))

    def _rated(self, root: Case) -> Case:
        """What they rate: the item named, else one a clerk decided, else any."""
        ended = [case for case in items(root) if case.outcome]
        named = [case for case in ended if case.what == self.entry.item]
        by_hand = [case for case in ended if not case.by_rule]
        return self.applicant.rng.choice(named or by_hand or ended)


def fill_in_and_send(root: Case, person: Person, applicant: Applicant) -> None:
    """Answer, sign with the code that was sent, send; what a rule grants is granted."""
    by = person_actor(person)
    matter = applicant.fill_in(root, by=by)
    digits = ""
    if needs_signature(matter):
        ask_signature(root)
        code = newest_code(person.id, SIGN, summary_digest(matter))
        if code is None:
            raise Defect("no code was sent")
        digits = digits_of(code.id, code.salt)
    send(root.id, key=new_id().hex, code=digits, by=by)
    applicant.worker.work_off()


def _decided(story: Story, root: Case) -> Turns:
    yield from story.office.handle(root)


def _waiting(story: Story, root: Case) -> Turns:
    yield from story.office.take_in_hand(root, story.entry.item)
    yield from story.office.handle(root, leave=story.entry.item)


def _refused(story: Story, root: Case) -> Turns:
    yield from story.office.refuse(root, story.entry)
    yield from story.office.handle(root)


def _asked(story: Story, root: Case) -> Turns:
    yield from story.office.ask_more(root, story.entry)
    yield from story.office.handle(root, leave=story.entry.item)


def _supplied(story: Story, root: Case) -> Turns:
    yield from story.office.ask_more(root, story.entry)
    yield evening(story.applicant.rng, moment.today() + timedelta(days=1))
    asked = tasks_in(root, [Verb.SUPPLY])
    by, matter = person_actor(story.person), load(root)
    for task in asked:
        for name in task.asks:
            _, material, role, index = name.split(":")
            story.applicant.upload(root, matter, material, role, int(index), by=by)
        hand_in(task.case_id, person=story.person.id, words="", by=by)


def _withdrawn(story: Story, root: Case) -> Turns:
    yield evening(story.applicant.rng, moment.today() + timedelta(days=1))
    words = story.applicant.rng.choice(story.applicant.week.withdrawal)
    by = person_actor(story.person)
    cases.withdraw(root.id, person=story.person.id, words=words, by=by)


PLOTS: Mapping[str, Callable[[Story, Case], Turns]] = {
    "instant": _decided,  # what no rule granted after all is done by a clerk
    "decided": _decided,
    "waiting": _waiting,
    "refused": _refused,
    "asked": _asked,
    "supplied": _supplied,
    "withdrawn": _withdrawn,
}
