"""What an invented parent answers, types and uploads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from yiwang.cases.models import Case
from yiwang.kernel.errors import Defect
from yiwang.ledger.actions import Actor
from yiwang.services.actions.draft import answer, attach
from yiwang.services.asking import next_page, open_papers, open_questions
from yiwang.services.matter import COUNT, Ask, Matter
from yiwang.services.plan import EXISTS
from yiwang.services.queries import load
from yiwang.web.demo.files import Week
from yiwang.web.demo.record import Family, Record
from yiwang.web.demo.uploads import page, portrait
from yiwang.web.demo.worker import OwnWorker


@dataclass(frozen=True)
class Applicant:
    """A family that applies, as `role`; `rng` is theirs alone."""

    family: Family
    role: str
    week: Week
    rng: Random
    worker: OwnWorker

    def begin(self, root: Case, pages: int, *, by: Actor) -> None:
        """Answer the first screens."""
        for _ in range(pages):
            if screen := next_page(load(root)):
                self.reply(root, list(screen.asks), by=by)

    def fill_in(self, root: Case, *, by: Actor) -> Matter:
        """Answer all that is asked, then give every document wanted."""
        while asks := list(open_questions(matter := load(root))):
            first = [ask for ask in asks if ask.column.element in (EXISTS, COUNT)]
            self.reply(root, first[:1] or asks, by=by)
        return self.give_papers(root, matter, by=by)

    def reply(self, root: Case, asks: list[Ask], *, by: Actor) -> None:
        """Answer these questions."""
        answer(root.id, asks, {ask.name: self.typed(ask) for ask in asks}, by=by)
        self.worker.work_off()

    def give_papers(self, root: Case, matter: Matter, *, by: Actor) -> Matter:
        """Upload what no licence stands for."""
        wanted = open_papers(matter)
        for material, role, index in wanted:
            self.upload(root, matter, material, role, index, by=by)
        return load(root) if wanted else matter

    def upload(
        self, root: Case, matter: Matter, material: str, role: str, index: int, *, by: Actor
    ) -> None:
        """Send one document: a page where that will do, else a photo."""
        declared = matter.plan.papers[material, role][0][1].declared
        assert declared.upload is not None
        pdf = "pdf" in declared.upload.accept
        data = page(declared.title.en) if pdf else portrait()
        name = f"{declared.title.zh}.{'pdf' if pdf else 'png'}"
        attach(
            root.id, material=material, role=role, index=index,
            file=SimpleUploadedFile(name, data), by=by,
        )  # fmt: skip

    def typed(self, ask: Ask) -> str:
        """What they type for one question. Raises Defect where nobody foresaw it."""
        role, index, element, _ = ask.key
        if element == EXISTS:
            return "yes" if self.family.member(role) else "no"
        if element == COUNT:
            return str(len(self.family.births) or len(self.family.children))
        if element == "photo_wanted" and self.family.photo:
            return "yes"
        if choices := self.week.answers.get(str(ask.column)):
            return self.filled(self.rng.choice(choices))
        value = self.value(role, index, element)
        if value is None:
            raise Defect(f"the demo's week has no answer to {ask.column}")
        return _plain(value)

    def filled(self, words: str) -> str:
        """An answer with its {name}, {phone} and {address}."""
        known = self.me.known
        return words.format(
            name=known["name"], address=known["address"], phone=self.family.phones[self.role]
        )

    @property
    def me(self) -> Record:
        """Who applies."""
        found = self.family.member(self.role)
        assert found is not None
        return found

    def value(self, role: str, index: int, element: str) -> Any:
        """What is so, whether or not a register knows it."""
        if parent := self.family.member(role):
            return parent.known.get(element)
        if element == "name":
            return self.family.names[index]
        about = self.family.children or self.family.births
        return about[index].known.get(element) if index < len(about) else None


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
