"""What service items add to the universal verbs of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from yiwang.cases.actions import NewFact, release
from yiwang.cases.models import Case
from yiwang.cases.procedures import Due, Granted, Terms
from yiwang.cases.states import State
from yiwang.identity.actions import give_number, grant_mandate, name_person
from yiwang.identity.declarations import City
from yiwang.identity.models import Mandate
from yiwang.identity.queries import guards, nameless, people
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.licences.actions import issue, revoke
from yiwang.licences.declarations import LicenceKind
from yiwang.licences.models import Licence
from yiwang.licences.queries import standing_numbered
from yiwang.pack.declaration import Basis
from yiwang.payments.actions import make_due, settle_case
from yiwang.registers import dictionary
from yiwang.registers.actions import write_rows
from yiwang.registers.grants import basis_text
from yiwang.rules import Column
from yiwang.services import jobs
from yiwang.services.at_hand import forget, hold, learn, took
from yiwang.services.charging import charged
from yiwang.services.declarations import Course
from yiwang.services.founding import found_firm
from yiwang.services.gather import gather
from yiwang.services.giving import Gift, work_out
from yiwang.services.item import Item
from yiwang.services.judging import conditions, facts_read
from yiwang.services.matter import Matter, Member
from yiwang.services.projects import project_of
from yiwang.services.queries import load, plan_for

NOTHING = Text(zh="", en="")
REPLACED = Text(zh="已由新证取代。", en="A new licence has taken its place.")


def cited(basis: Basis) -> str:
    """A law and its article as acts keep them: in the law's own language, whoever acts."""
    return basis_text(basis).zh


class ServiceProcedure:
    """The procedure of a service item, alone or inside a bundle."""

    def title(self, case: Case) -> Text:
        """The item's title; for one of several children, with the child's name."""
        return plan_for(case.root).by_id[case.what].service.title

    def terms(self, case: Case) -> Terms:
        """Steps and limits as the pinned pack declares them."""
        plan = plan_for(case.root)
        item = plan.by_id[case.what]
        service = item.service
        return Terms(
            title=service.title,
            department=service.department,
            steps=service.steps,
            promised=item.limit,
            statutory=service.limits.statutory,
            basis="；".join(cited(basis) for basis in service.basis),
            appeal=service.appeal or plan.pack.only(City).appeal,
            extension=service.limits.extension,
        )

    def judged(self, case: Case) -> Granted:
        """The facts and conditions as they stand now."""
        matter = load(case.root)
        item = matter.plan.by_id[case.what]
        standing = matter.standing(item, case.index)
        return Granted(facts_read(matter, item, case.index), conditions(standing), {}, NOTHING)

    def granted(self, case: Case, *, fills: Mapping[str, str], by: Actor) -> Granted:
        """Write facts, register rows, mandates and the licence."""
        matter = hold(case.root)
        item = matter.plan.by_id[case.what]
        standing = matter.standing(item, case.index)
        facts = facts_read(matter, item, case.index)
        gift = work_out(matter, item, case.index, typed=None if case.by_rule else fills)
        _learn(case, item, matter, gift)
        _note_code(case.root, matter, gift)
        _settle_people(case, item, matter, gift, by)  # first: registers tell of them by number
        _write_registers(case, item, gift, by)
        licence = _issue(case, item, hold(case.root), gift, by)
        _end_licences(case, item, gift, by)
        if (
            matter.plan.finding_keys & item.outputs
        ):  # what was just given out may be known elsewhere
            gather(case.root, by=by)
            forget(case.root)
        stated = {str(column): dictionary.to_json(value) for column, value in gift.fills.items()}
        return Granted(facts, conditions(standing), stated, _gives(item, licence))

    def bill(
        self, case: Case, *, due: Due, fills: Mapping[str, str] | None, by: Actor
    ) -> Sequence[UUID]:
        """Bills for what the item declares, by the facts as they stand now."""
        matter = hold(case.root)
        if not matter.plan.by_id[case.what].costs:
            return ()
        charges = charged(case, matter, due=due, fills=fills)
        return make_due(case, charges, matter=matter.plan.title, by=by)

    def resumed(self, case: Case, *, by: Actor) -> None:
        """Paid: what a rule may grant is granted right after commit."""
        if case.instant:
            jobs.decide_soon(case.root_id)

    def ended(self, case: Case, *, by: Actor) -> None:
        """What was not granted is not paid for."""
        if not case.is_root or case.kind == "service":
            settle_case(case, by=by)

    def go_on(self, root: Case, *, by: Actor) -> None:
        """Begin what waited; what a rule may grant is granted right after commit."""
        plan = plan_for(root)
        waiting = [root] if root.kind == "service" else list(root.children.all())
        began = False
        for case in waiting:
            if case.state != State.WAITING:
                continue
            item = plan.by_id[case.what]
            case.root = root
            began |= release(
                case, item.service.steps, item.limit, item.service.limits.statutory, by=by
            )
        if began and by.kind != "rule":  # the rule looks again by itself
            jobs.decide_soon(root.id)


class BundleProcedure(ServiceProcedure):
    """The root of a bundle: it has a title and lets its items go on."""

    def title(self, case: Case) -> Text:
        """The bundle's title."""
        return plan_for(case.root).title

    def terms(self, case: Case) -> Terms:
        """Who leads, and the limits of the whole."""
        plan = plan_for(case.root)
        law = plan.joint.limit if plan.joint else plan.promise
        return Terms(
            title=plan.title,
            department=plan.lead,
            steps=(),
            promised=plan.promise,
            statutory=law,
            basis=cited(law.basis) if law.basis else "",
            appeal=plan.pack.only(City).appeal,
            extension=plan.joint.extension if plan.joint else None,
        )


def _learn(case: Case, item: Item, matter: Matter, gift: Gift) -> None:
    known = dict(gift.fills) | dict(gift.produced)
    for writing, row in gift.rows:
        for name, value in row.items() if not writing.each else ():
            column = Column(writing.role, writing.register.columns[name])
            if column in item.written:
                known[column] = value
    learn(
        case.root,
        [
            NewFact(
                column.party, matter.index_for(item, column.party, case.index), column.element,
                dictionary.to_json(value), source="case", source_id=case.number,
            )
            for column, value in known.items()
            if value is not None
        ],
    )  # fmt: skip


def _note_code(root: Case, matter: Matter, gift: Gift) -> None:
    """The code a grant gave becomes that of the project its case is a stage of."""
    for course in matter.plan.pack.all(Course).values():
        code = gift.produced.get(Column(course.party, course.code))
        project = project_of(root.id) if code is not None else None
        if project is not None and project.course == course.id and project.code is None:
            project.code = str(code)
            project.save(update_fields=["code"])


def _write_registers(case: Case, item: Item, gift: Gift, by: Actor) -> None:
    for writing, row in gift.rows:
        plain = {
            name: dictionary.to_json(value) for name, value in row.items() if value is not None
        }
        basis = cited(item.service.basis[0])
        write_rows(writing.register, [plain], by=by, case=case.id, root=case.root_id, basis=basis)


def _settle_people(case: Case, item: Item, matter: Matter, gift: Gift, by: Actor) -> None:
    """A newborn gets its number and name; guardians may act for it from now on. A firm comes
    into being, with whoever represents it by law."""
    here = [
        member
        for member in matter.members
        if member.person and member.index == matter.index_for(item, member.role, case.index)
    ]
    for member in here:
        for column, value in gift.produced.items():
            if column.party == member.role and column.element == "id_number":
                give_number(member.person, value, by=by)
    _name(matter, here, by)
    for firm_role, person_role in item.founds.items():
        found_firm(case, item, gift, firm_role, person_role, by)
    for ward_role, guardians in item.guardians.items():
        ward = matter.member(ward_role, matter.index_for(item, ward_role, case.index))
        for role in guardians:
            guardian = matter.member(role)
            if ward and ward.person and guardian and guardian.person:
                _guard(item, guardian.person, ward.person, by)


def _name(matter: Matter, members: Sequence[Member], by: Actor) -> None:
    """Who had no name yet (a newborn) bears the one this matter knows."""
    unnamed = nameless([member.person for member in members if member.person])
    for member in members:
        known = matter.facts.get((member.role, member.index, "name", ""))
        if member.person in unnamed and known and known.usable:
            name_person(member.person, str(known.usable), by=by)


def _guard(item: Item, guardian: UUID, ward: UUID, by: Actor) -> None:
    if guards(guardian, ward):
        return
    known = people([guardian, ward])
    grant_mandate(
        agent=known[guardian],
        person=known[ward],
        ground=Mandate.Ground.GUARDIAN,
        since=moment.today(),
        basis=cited(item.service.basis[0]),
        by=by,
    )


def _issue(case: Case, item: Item, matter: Matter, gift: Gift, by: Actor) -> Licence | None:
    result = item.service.result
    if result.licence is None:
        return None
    holder = matter.member(item.holder, matter.index_for(item, item.holder, case.index))
    if holder is None or holder.who is None:
        return None
    licence = issue(
        matter.plan.pack.get(LicenceKind, result.licence),
        holder=holder.who,
        fields=gift.fields,
        case=case.id,
        root=case.root_id,
        by=by,
        on=moment.today(),
        number=gift.number,
        basis=cited(item.service.basis[0]),
    )
    took(case.root, holder.who, licence.kind, licence.number)
    return licence


def _end_licences(case: Case, item: Item, gift: Gift, by: Actor) -> None:
    """What the new licence takes the place of ends; one that is not kept here, or has ended, does
    not keep the grant from being given."""
    for kind, number in gift.ends:
        old = standing_numbered(kind, number, moment.today())
        if old is not None:
            revoke(
                old.id, by=by, case=case.id, root=case.root_id, reason=REPLACED,
                basis=cited(item.service.basis[0]),
            )  # fmt: skip


def _gives(item: Item, licence: Licence | None) -> Text:
    title = item.service.result.title or item.service.title
    if licence is None:
        return Text(zh=f"结果：{title.zh}。", en=f"Result: {title.en}.")
    return Text(zh=f"「{title.zh}」已放进您的卡包。", en=f"“{title.en}” is now in your wallet.")
