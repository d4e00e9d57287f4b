"""Every item of 江城, applied for alone by somebody invented for it, until it is decided.

Whoever adds an item adds nothing here. What is asked is answered from the facts found for it
(`plausible`), registers know what they would know, whoever is named agrees, clerks of the
department do what is left.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yiwang.cases import actions as cases
from yiwang.cases.models import Case, Task
from yiwang.cases.states import Progress, Verb
from yiwang.identity.actions import (
    grant_mandate,
    open_account,
    organisation_for,
    person_for,
    register_staff,
)
from yiwang.identity.actors import person_actor
from yiwang.identity.declarations import Role
from yiwang.identity.models import Mandate, Person, Staff
from yiwang.kernel import moment
from yiwang.kernel.identifiers import identity_number
from yiwang.ledger.actions import Actor
from yiwang.ledger.queries import acts_of_root, is_intact
from yiwang.licences.models import Licence
from yiwang.notices.code import digits_of
from yiwang.notices.queries import newest_code
from yiwang.pack import loader, queries
from yiwang.pack.actions import load as load_pack
from yiwang.pack.pack import Pack
from yiwang.payments.actions import begin_payment, take_notification
from yiwang.payments.gateway import gateway
from yiwang.payments.models import Bill
from yiwang.payments.sandbox import notification
from yiwang.registers import dictionary
from yiwang.registers.actions import load_rows
from yiwang.services.actions.draft import answer, attach, start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.actions.send import SIGN, ask_signature, needs_signature, send
from yiwang.services.asking import next_page, open_papers
from yiwang.services.declarations import Service
from yiwang.services.giving import stated
from yiwang.services.matter import COUNT, Ask
from yiwang.services.plan import EXISTS, plan_of
from yiwang.services.queries import load
from yiwang.services.replay import replay
from yiwang.services.summary import summary_digest
from yiwang.web.demo.uploads import page, portrait
from yiwang.web.environment import CHECKOUT
from yiwang.web.tests.plausible import World, allowed, rows_of, typed, world_of

PACK = CHECKOUT / "packs" / "jiangcheng"
BY = Actor("operator", "test")
SERVICES = sorted(path.stem for path in (PACK / "services").glob("*.yaml"))
STEPS = 20
READ = cache(loader.read)


@pytest.fixture
def city(db: None, settings, tmp_path, monkeypatch):
    """The real pack, live; read from its files once for all items."""
    settings.HOME = str(tmp_path)
    queries.forget()
    monkeypatch.setattr(
        "yiwang.pack.actions.read", lambda folder, over, **how: READ(folder, tuple(over), **how)
    )
    load_pack(PACK, by=BY)
    yield queries.current()
    queries.forget()


@pytest.mark.parametrize("id", SERVICES)
def test_it_is_applied_for_alone_and_granted(city: Pack, id: str):
    plan = plan_of(city, id, "service")
    world = world_of(plan, plan.applicant[0], on=moment.today())
    settle(world)
    person, firm = whoever_applies(world)

    root = start("service", id, world.applicant, person=person, firm=firm, by=person_actor(person))
    fill_in(root, world, person)
    sign_and_send(root, person)
    decide_instantly(root.id)
    agree(root)
    work_off(root, city)
    pay(root)

    root.refresh_from_db()
    service = city.get(Service, id)
    assert (root.outcome, root.state) == ("granted", "decided"), left_over(root)
    if service.result.licence:
        assert Licence.objects.filter(kind=service.result.licence, case=root.id).exists()
    assert all(is_intact(act) for act in acts_of_root(root.id))
    assert replay(root.number)["same"]


def settle(world: World) -> None:
    """Everybody of the item, in the registers that know of them, each with a way to be reached."""
    for register, row in rows_of(world):
        plain = {name: dictionary.to_json(value) for name, value in row.items()}
        load_rows(register, [plain], by=BY)
    for n, (role, party) in enumerate(world.plan.parties.items()):
        if party.kind == "person" and world.who(role) == role and world.there[role]:
            person = met(world, role)
            open_account(f"p{n}", None, by=BY, person=person, phone=f"1540000000{n}")


def whoever_applies(world: World) -> tuple[Person, UUID | None]:
    """The person; for a firm whoever leads it, and the firm."""
    role = world.applicant
    if world.plan.parties[role].kind != "organisation":
        return met(world, role), None
    leader = person_for(
        identity_number("990102", world.on - timedelta(days=14000), 555), "林远", by=BY
    )
    open_account("leader", None, by=BY, person=leader, phone="15400000555")
    firm = organisation_for(world.value(role, "credit_code"), "江城甲乙商贸有限公司", by=BY)
    grant_mandate(
        agent=leader, organisation=firm, ground=Mandate.Ground.LEGAL_REPRESENTATIVE,
        basis="登记", by=BY,
    )  # fmt: skip
    return leader, firm.id


def met(world: World, role: str) -> Person:
    """Who plays a role."""
    return person_for(world.value(role, "id_number"), world.value(role, "name"), by=BY)


def fill_in(root: Case, world: World, person: Person) -> None:
    """Answer every screen, then give every document wanted."""
    by = person_actor(person)
    for _ in range(STEPS):
        screen = next_page(load(root))
        if screen is None:
            break
        given = {ask.name: said(world, ask) for ask in screen.asks}
        answer(root.id, list(screen.asks), given, by=by)
    else:
        raise AssertionError("there is no end to the questions")
    for material, role, index in open_papers(matter := load(root)):
        declared = matter.plan.papers[material, role][0][1].declared
        assert declared.upload is not None
        pdf = "pdf" in declared.upload.accept
        file = SimpleUploadedFile(f"a.{'pdf' if pdf else 'png'}", page("a") if pdf else portrait())
        attach(root.id, material=material, role=role, index=index, file=file, by=by)


def said(world: World, ask: Ask) -> str:
    """What they answer to one question."""
    role, element = ask.column.party, ask.column.element
    if element == EXISTS:
        return "yes" if world.there[role] else "no"
    if element == COUNT:
        return "1" if world.there[role] else "0"
    return typed(world.plan.elements[element], world.value(role, element))


def sign_and_send(root: Case, person: Person) -> None:
    """Sign with the code that was sent, where a signature is wanted, and send."""
    digits, matter = "", load(root)
    if needs_signature(matter):
        ask_signature(root)
        code = newest_code(person.id, SIGN, summary_digest(matter))
        assert code is not None
        digits = digits_of(code.id, code.salt)
    send(root.id, key="once", code=digits, by=person_actor(person))


def agree(root: Case) -> None:
    """Whoever was named agrees by their own sign-in."""
    waiting = Task.objects.filter(case__root=root, verb=Verb.CONFIRM, state=Progress.OPEN)
    for person in {task.person for task in waiting.select_related("person")}:
        cases.confirm(root.id, person=person.id, by=person_actor(person))
    decide_instantly(root.id)


def work_off(root: Case, city: Pack) -> None:
    """Clerks accept and grant what no rule granted."""
    for _ in range(STEPS):
        task = Task.objects.filter(
            case__root=root, person=None, verb__in=(Verb.ACCEPT, Verb.DECIDE),
            state__in=(Progress.OPEN, Progress.CLAIMED),
        ).select_related("case").first()  # fmt: skip
        if task is None:
            return
        staff = clerk_for(task.case, city)
        if task.verb == Verb.ACCEPT:
            cases.accept(task.case_id, staff=staff)
        else:
            cases.decide(
                task.case_id, granted=True, reasons=seen(task.case), basis="",
                fills=fills(task.case), staff=staff,
            )  # fmt: skip


def seen(case: Case) -> str:
    """What the clerk writes where nothing tells a condition: it was looked at. None is false."""
    matter = load(case.root)
    checks = matter.standing(matter.plan.by_id[case.what], case.index).checks
    assert not [check.declared.id for check, verdict in checks if verdict.value is False]
    return "已核对原件。" if any(verdict.value is None for _, verdict in checks) else ""


def pay(root: Case) -> None:
    """Whoever owes something pays it in the sandbox."""
    for bill in Bill.objects.filter(case__root=root, state="due").select_related("payer"):
        begin_payment(bill.number, person=bill.payer_id, by=person_actor(bill.payer), back="/")
        body, headers = notification(bill.orders.get(state="begun"))
        assert take_notification(gateway(), body, headers) == "taken"


def clerk_for(case: Case, city: Pack) -> Staff:
    """Somebody of the department whose role names this item."""
    named = [id for id, role in city.all(Role).items() if case.what in role.services]
    assert named, f"no role handles {case.what}"
    found = Staff.objects.filter(number=f"T-{case.what}"[:20]).first()
    return found or register_staff(
        name="办事员", number=f"T-{case.what}"[:20], department=case.department, roles=named[:1],
        by=BY,
    )  # fmt: skip


def fills(case: Case) -> dict[str, str]:
    """What the clerk states: what is proposed, else something plausible."""
    matter = load(case.root)
    item = matter.plan.by_id[case.what]
    env = matter.env(item, case.index)
    known = {(column.party, column.element): value for column, value in env.items()}
    world = World(matter.plan, "", matter.on, Random(1), facts=known)
    found = {}
    for column, value in stated(matter, item, env, None).items():
        element = matter.plan.elements[column.element]
        first = value if value is not None else next(allowed(world, column, element))
        found[str(column)] = typed(element, first)
    return found


def left_over(root: Case) -> str:
    """Why it is not done: what still waits."""
    tasks = Task.objects.filter(case__root=root).exclude(state=Progress.DONE)
    return f"{root.state}: {[(task.verb, task.state, str(task.person)) for task in tasks]}"
