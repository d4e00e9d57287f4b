"""A small office with a calendar, and a kind of case that exists for these tests only."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from yiwang.cases import actions
from yiwang.cases.models import Case
from yiwang.cases.procedures import PROCEDURES, Due, Granted, Terms
from yiwang.identity.actions import open_account, person_for, register_staff
from yiwang.identity.models import Person, Staff
from yiwang.identity.tests.town import BY, CHEN, CONTENT, LIN, both, office, role
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.pack import queries
from yiwang.pack.content import from_content, pack_bytes
from yiwang.pack.declaration import Basis, Extension, Limit
from yiwang.pack.models import CurrentPack, PackVersion

EVERYTHING = (
    "worklist.view", "cases.claim", "cases.accept", "cases.ask_more", "cases.decide",
    "cases.hand_over", "cases.rework",
)  # fmt: skip
HOLIDAYS = {
    "id": "2026",
    "year": 2026,
    "source": both("An announcement"),
    "holidays": [{"title": both("National Day"), "first": "2026-10-01", "last": "2026-10-07"}],
    "working": ["2026-10-10"],
}
WORKING = Limit(days=5, count="working")
JOINT = Limit(days=45, count="working")
NATURAL = Limit(days=20, count="natural")
TEN_MORE = Extension(
    days=10,
    basis=Basis(law=Text(zh="行政许可法", en="Administrative Licence Law"), article="第四十二条"),
)


class SampleProcedure:
    """Two steps, five working days promised, twenty natural ones by law."""

    def __init__(self) -> None:
        self.conditions: list[dict[str, Any]] = [{"id": "one", "value": True}]
        self.went_on: list[str] = []
        self.extension: Extension | None = TEN_MORE
        self.over: list[str] = []
        self.owing: dict[str, list[UUID]] = {}

    def title(self, case: Case) -> Text:
        return Text(zh="样例", en="Sample")

    def terms(self, case: Case) -> Terms:
        return Terms(
            title=self.title(case), department="health", steps=("accept", "decide"),
            promised=WORKING, statutory=NATURAL, basis="《样例法》第一条",
            appeal=Text(zh="可以申请复议。", en="You may ask for a review."),
            extension=self.extension,
        )  # fmt: skip

    def judged(self, case: Case) -> Granted:
        return Granted({}, self.conditions, {}, Text(zh="", en=""))

    def granted(self, case: Case, *, fills: Mapping[str, str], by: Actor) -> Granted:
        return Granted({}, self.conditions, fills, Text(zh="给了。", en="Given."))

    def bill(
        self, case: Case, *, due: Due, fills: Mapping[str, str] | None, by: Actor
    ) -> Sequence[UUID]:
        return self.owing.get(due, ())

    def resumed(self, case: Case, *, by: Actor) -> None:
        self.went_on.append(f"resumed {case.number}")

    def ended(self, case: Case, *, by: Actor) -> None:
        self.over.append(case.number)

    def go_on(self, root: Case, *, by: Actor) -> None:
        self.went_on.append(root.number)


def found_office() -> SampleProcedure:
    """Make the small city live with a calendar and officers; the kind `service` is a sample."""
    content = CONTENT | {
        "calendar": [HOLIDAYS],
        "department": [office("health"), office("roads")],
        "role": [
            role("officer", *EVERYTHING),
            role("reader", "worklist.view"),
            role("expert", *EVERYTHING, "cases.opine"),
            role("head", *EVERYTHING, "cases.extend", "cases.convene", "cases.opine"),
        ],
    }
    pack = from_content(content)
    PackVersion.objects.create(
        hash=pack.hash, city="town", schema_version=1, content=zlib.compress(pack_bytes(pack)),
        loaded_at=moment.now(), source="test",
    )  # fmt: skip
    CurrentPack.objects.update_or_create(
        id=1, defaults={"version_id": pack.hash, "since": moment.now()}
    )
    queries.forget()
    return SampleProcedure()


def officer(number: str = "1", department: str = "health", *roles: str) -> Staff:
    """Someone at the desk."""
    return register_staff(
        name=f"经办{number}", number=f"{department}-{number}", department=department,
        roles=roles or ("officer",), by=BY,
    )  # fmt: skip


def applicant(number: str = LIN) -> Person:
    """Someone who applies, and can be told."""
    person = person_for(number, "林小满", by=BY)
    open_account(f"p{number}", None, person=person, by=BY)
    return person


def stranger() -> Person:
    """Someone else."""
    return applicant(CHEN)


def begun(person: Person) -> Case:
    """A matter of one item, sent."""
    by = Actor("person", str(person.id))
    root = actions.open_draft(
        queries.current(), kind="service", what="sample", department="health",
        applicant=person.id, role="parent", by=by,
    )  # fmt: skip
    spec = actions.ItemSpec(
        what="sample", department="health", role="", index=0, steps=("accept", "decide"),
        promised=WORKING, statutory=NATURAL, basis="《样例法》第一条", about=(person.id,),
    )  # fmt: skip
    actions.submit_case(root, [spec], by=by, key=f"k{root.number}", promise=WORKING, body={})
    return Case.objects.get(pk=root.pk)


def begun_together(person: Person) -> Case:
    """A matter of three items of two departments, sent; two of them are reviewed jointly."""
    by = Actor("person", str(person.id))
    root = actions.open_draft(
        queries.current(), kind="bundle", what="whole", department="health",
        applicant=person.id, role="parent", by=by,
    )  # fmt: skip
    specs = [
        actions.ItemSpec(
            what=what, department=department, role="", index=0, steps=("decide",),
            promised=WORKING, statutory=NATURAL, basis="《样例法》第一条", about=(person.id,),
        )
        for what, department in (("one", "health"), ("two", "roads"), ("three", "roads"))
    ]  # fmt: skip
    actions.submit_case(
        root, specs, by=by, key=f"k{root.number}", promise=WORKING, joint=JOINT, body={},
        review=actions.ReviewSpec(
            Text(zh="联合评审", en="Joint review"), ("one", "two"), WORKING, "《样例办法》第五条"
        ),
    )  # fmt: skip
    return Case.objects.get(pk=root.pk)


__all__ = ["PROCEDURES", "SampleProcedure", "applicant", "begun", "found_office", "officer"]
