"""A firm with a building project, and the offices that decide it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from yiwang.cases import actions
from yiwang.cases.models import Case, Task
from yiwang.cases.states import Reviewed, Stance
from yiwang.files.tests.samples import PDF
from yiwang.identity.models import Organisation, Person, Staff
from yiwang.kernel import moment
from yiwang.pack.pack import Pack
from yiwang.services.actions.course import begin, begin_item, begin_stage
from yiwang.services.actions.draft import attach
from yiwang.services.asking import open_papers
from yiwang.services.matter import Ask
from yiwang.services.queries import load
from yiwang.services.tests.family import actor, put, reply, sign_and_send
from yiwang.services.tests.office import staff
from yiwang.services.tests.test_for_a_firm import firm_of, owner

START = datetime(2026, 3, 2, 2, tzinfo=UTC)  # a Monday
PARCEL = "JC-2026-041"
SAID = {
    "project__project_name": "云帆新材料一期厂房",
    "project__project_use": "industry",
    "project__parcel_no": PARCEL,
    "project__floor_area": "26000",
    "project__building_height": "24",
    "project__investment_total": "180000000",
    "project__eia_class": "table",
    "project__fire_special": "no",
    "project__soil_plan_needed": "yes",
    "project__near_highway": "no",
    "project__contractor": "江城第二建筑公司",
    "project__supervisor_firm": "江城正中监理公司",
    "project__power_demand": "1250",
    "project__water_demand": "60",
    "project__completed_on": "2026-02-20",
    "case__contact_phone": "13800000000",
}


class Site:
    """Everybody concerned with one project: the firm, whoever acts for it, the offices."""

    def __init__(self, city: Pack) -> None:
        self.city = city
        put(
            city, "land-parcels",
            {"parcel_no": PARCEL, "site": "江北区云帆路 1 号", "planned_use": "industry",
             "land_area": "18000"},
        )  # fmt: skip
        self.person: Person = owner(city)
        self.firm: Organisation = firm_of(city, self.person)
        self.now = START
        self._staff: dict[str, Staff] = {}

    def at(self, **later: int) -> datetime:
        """The next moment."""
        self.now += timedelta(**(later or {"minutes": 5}))
        return self.now

    def head(self, department: str) -> Staff:
        """The head of an office."""
        if department not in self._staff:
            self._staff[department] = staff(department, "department-head", "h", "负责人")
        return self._staff[department]

    def begin(self, **said: str) -> Case:
        """The first stage, answered and sent."""
        with moment.at(self.at()):
            root = begin(
                "bundle", "project-land", "firm", person=self.person, firm=self.firm.id,
                by=actor(self.person),
            )  # fmt: skip
            self.fill(root, **said)
            return sign_and_send(root, self.person, key=root.number)

    def stage(self, number: str, place: int, **said: str) -> tuple[Case, list[Ask]]:
        """A later stage, answered and sent; what was asked."""
        with moment.at(self.at()):
            root = begin_stage(number, place, person=self.person, by=actor(self.person))
            asked = self.fill(root, **said)
            return sign_and_send(root, self.person, key=root.number), asked

    def alone(self, number: str, what: str) -> tuple[Case, list[Ask]]:
        """One item of a stage that is over, answered, sent and granted; what was asked."""
        with moment.at(self.at()):
            root = begin_item(number, what, person=self.person, by=actor(self.person))
            asked = self.fill(root)
            sign_and_send(root, self.person, key=root.number)
        return self.grant(root, what), asked

    def fill(self, root: Case, **said: str) -> list[Ask]:
        """Answer all that is asked and give all that is wanted."""
        asked = reply(root, self.person, **(SAID | said))
        for material, role, index in open_papers(load(root)):
            file = SimpleUploadedFile("plan.pdf", PDF, "application/pdf")
            attach(
                root.id, material=material, role=role, index=index, file=file, by=actor(self.person)
            )
        return asked

    def grant(self, root: Case, what: str) -> Case:
        """One item accepted and granted by the head of its office."""
        case = Case.objects.get(root=root, what=what, round=1)
        head = self.head(case.department)
        with moment.at(self.at()):
            actions.accept(case.id, staff=head)
        with moment.at(self.at()):
            return actions.decide(case.id, granted=True, reasons="", basis="", fills={}, staff=head)

    def grant_all(self, root: Case, *left: str) -> None:
        """Everything that can be granted, as it comes, without those `left`."""
        while ready := Task.objects.filter(
            case__root=root, verb="accept", state__in=("open", "claimed")
        ).exclude(case__what__in=left):
            self.grant(root, ready[0].case.what)

    def review(self, root: Case) -> None:
        """The departments meet and agree."""
        lead = self.head(root.department)
        with moment.at(self.at()):
            actions.convene(
                root.id, meets_at=self.now + timedelta(days=1), place="302 会议室", staff=lead
            )
        for task in Task.objects.filter(case__root=root, verb="opine", state="open"):
            with moment.at(self.at()):
                actions.opine(
                    task.case_id, stance=Stance.AGREE, words="", staff=self.head(task.department)
                )
        with moment.at(self.at()):
            actions.conclude(root.id, outcome=Reviewed.ADOPTED, minutes="通过。", staff=lead)
