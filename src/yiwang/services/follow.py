"""Taking up what a slow source answers after all."""

from __future__ import annotations

from django.db import transaction

from yiwang.cases import roots
from yiwang.cases.actions import NewFact, open_verification, put_facts
from yiwang.cases.models import Case
from yiwang.cases.states import ENDED, State
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor
from yiwang.registers import dictionary
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Answer
from yiwang.registers.gate import Ask as GateAsk
from yiwang.registers.models import Reading
from yiwang.rules import Column
from yiwang.services import jobs
from yiwang.services.gather import Errand, gather, take_in
from yiwang.services.matter import Ask, Matter
from yiwang.services.queries import load, places

DIFFERS = "登记库「{register}」迟到的答复与申请人所填不同：{titles}。请核实。"


@transaction.atomic
def take_up(reading: Reading) -> None:
    """A source answered late: what was not known becomes known, what a person stated meanwhile
    is confirmed or marked as differing. Nothing is revoked by itself."""
    if roots.root(reading.root) is None or not reading.rows:
        return
    root = roots.locked_root(reading.root)
    by = Actor("job", "registers.ask_source")
    matter = load(root)
    register = matter.plan.pack.get(Register, reading.register)
    if _tells_who(matter, register, reading):
        _who(root, matter, register, reading, by)
    else:
        _values(root, matter, register, reading, by)
    if root.state == State.DRAFT:
        gather(root, by=by)
    elif State(root.state) not in ENDED:
        jobs.decide_soon(root.id)


def _tells_who(matter: Matter, register: Register, reading: Reading) -> bool:
    return set(reading.by) != {register.key}


def _who(root: Case, matter: Matter, register: Register, reading: Reading, by: Actor) -> None:
    for role in matter.plan.parties:
        for finding in matter.plan.findings(role):
            if finding.register_ == register.id and set(finding.by) == set(reading.by):
                if matter.indexes(role) and matter.plan.parties[role].many:
                    return
                ask = GateAsk(register, reading.by, tuple(reading.columns), ())
                answer = Answer(ask, "answered", list(reading.rows or []),
                                reading.as_of or moment.now(), reading.id, reading.act)  # fmt: skip
                take_in(root, matter, Errand(ask, role, 0, finding=finding), answer, by=by)


def _values(root: Case, matter: Matter, register: Register, reading: Reading, by: Actor) -> None:
    row = (reading.rows or [{}])[0]
    new: list[NewFact] = []
    differing: list[str] = []
    for role, index in places(matter.plan, reading):
        for name in reading.columns:
            element = register.columns[name]
            if row.get(name) is None or element not in matter.plan.elements:
                continue
            known = matter.known(Ask(Column(role, element), index))
            stated = dictionary.to_json(known.usable) if known else None
            differs = known is not None and known.source == "person" and stated != row[name]
            if differs:
                differing.append(str(matter.plan.elements[element].title))
            new.append(
                NewFact(
                    role, index, element, row[name], source="register", source_id=register.id,
                    as_of=reading.as_of, act=reading.act, contested=differs,
                    claimed=stated if differs else None,
                )
            )  # fmt: skip
    put_facts(root, new)
    if differing:
        _look_again(root, matter, register, differing, by)


def _look_again(
    root: Case, matter: Matter, register: Register, differing: list[str], by: Actor
) -> None:
    note = DIFFERS.format(register=register.title.zh, titles="、".join(dict.fromkeys(differing)))
    for case in roots.granted_items(root):
        item = matter.plan.by_id.get(case.what)
        reads = {column.element for column in item.needs()} if item else set()
        if reads & set(register.columns.values()):
            case.root = root
            open_verification(case, note=note, by=by)
