"""Merging holds for any items: no question twice, none missing, nothing asked that is known."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis, Limit
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Ask as Question
from yiwang.registers.declarations import Element, Section
from yiwang.rules import Column
from yiwang.services.asking import next_page, open_questions
from yiwang.services.declarations import (
    Asked,
    Bundle,
    BundleItem,
    Condition,
    Limits,
    Party,
    Result,
    Service,
)
from yiwang.services.matter import COUNT, Ask, Known, Matter, Member
from yiwang.services.plan import EXISTS, Plan, read_plan

ON = date(2026, 11, 2)
NAMES = [f"e{n}" for n in range(6)]
T = Text(zh="甲", en="a")
LAW = Basis(law=T)
PARTIES = {
    "parent": Party(title=T),
    "other": Party(title=T, optional=True, exists=T),
    "child": Party(title=T, many=True, at_most=3, how_many=T),
}


def element(name: str, n: int) -> Element:
    return Element(id=name, title=T, type="boolean", section=f"s{n % 2}", ask=Question(question=T))


def pack_of(services: list[Service], bundle: Bundle) -> Pack:
    return Pack(
        {
            "section": {f"s{n}": Section(id=f"s{n}", title=T) for n in range(2)},
            "element": {name: element(name, n) for n, name in enumerate(NAMES)},
            "service": {service.id: service for service in services},
            "bundle": {bundle.id: bundle},
        },
        "test",
    )


columns = st.tuples(st.sampled_from(["parent", "child", "case"]), st.sampled_from(NAMES))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A condition over some columns; what reads the optional party is guarded."""
    parts = [
        draw(st.sampled_from(["{0}", "NOT {0}"])).format(f"{party}.{name}")
        for party, name in draw(st.lists(columns, min_size=1, max_size=3))
    ]
    if draw(st.booleans()):
        parts.append(f"(NOT other.exists OR other.{draw(st.sampled_from(NAMES))})")
    return draw(st.sampled_from([" AND ", " OR "])).join(parts)


@st.composite
def items(draw: st.DrawFn, n: int) -> Service:
    """A service about one child, with what it reads chosen at random."""
    wanted = draw(st.lists(columns, max_size=3, unique=True))
    return Service(
        id=f"item{n}", title=T, summary=T, department="d", type="confirmation", basis=(LAW,),
        parties={name: party.model_copy() for name, party in PARTIES.items()},
        applicant=("parent",), per="child",
        when=draw(st.none() | rules()),
        asks=tuple(
            Asked(element=f"{party}.{name}", anew=draw(st.booleans())) for party, name in wanted
        ),
        conditions=tuple(
            Condition(id=f"c{k}", title=T, rule=rule, basis=LAW)
            for k, rule in enumerate(draw(st.lists(rules(), max_size=2)))
        ),
        limits=Limits(statutory=Limit(days=9), promised=Limit(days=3)),
        result=Result(),
    )  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    services = [draw(items(n)) for n in range(draw(st.integers(1, 4)))]
    bundle = Bundle(
        id="all", title=T, summary=T, life_event=T, lead="d", parties=PARTIES,
        applicant=("parent",), items=tuple(BundleItem(service=one.id) for one in services),
        promise=Limit(days=30),
    )  # fmt: skip
    plan, faults = read_plan(pack_of(services, bundle), "all", "bundle")
    assert not faults
    return plan


def matter(plan: Plan, members: list[Member], facts: dict[Any, Known]) -> Matter:
    return Matter(plan=plan, on=ON, members=tuple(members), facts=dict(facts))


@settings(max_examples=150, deadline=None)
@given(plans())
def test_a_plan_has_one_question_for_each_party_and_element(plan):
    assert len(plan.slots) == len(set(plan.slots))
    for column, needing in plan.needed_by.items():
        for item in needing:
            anew = (item, column) in plan.anew
            serving = [
                slot for slot in plan.slots if slot.column == column and item in plan.items_of(slot)
            ]
            assert len(serving) == 1
            assert bool(serving[0].for_item) == anew


@settings(max_examples=150, deadline=None)
@given(plans(), st.data())
def test_answering_asks_nothing_twice_and_leaves_nothing_open(plan, data):
    members = [Member("parent", 0, None, True, ""), Member("other", 0, None, None, "")]
    facts: dict[Any, Known] = {}
    asked: set[Any] = set()

    while page := next_page(matter(plan, members, facts)):
        for ask in page.asks:
            assert ask.key not in asked
            asked.add(ask.key)
            _answer(ask, members, facts, data)

    done = matter(plan, members, facts)
    assert not open_questions(done)
    for standing in done.standings:
        assert standing.applies is not None
        assert not standing.missing
        assert all(verdict.value is not None for _, verdict in standing.checks)


def _answer(ask: Ask, members: list[Member], facts: dict[Any, Known], data: st.DataObject) -> None:
    if ask.column.element == COUNT:
        count = data.draw(st.integers(1, 3))
        members.extend(Member("child", n, None, True, "") for n in range(count))
    elif ask.column.element == EXISTS:
        members[:] = [m for m in members if m.role != "other"]
        members.append(Member("other", 0, None, data.draw(st.booleans()), ""))
    else:
        facts[ask.key] = Known(data.draw(st.booleans()), "person")


@settings(max_examples=100, deadline=None)
@given(plans(), st.data())
def test_nothing_is_asked_that_cannot_change_anything(plan, data):
    """With a question left out of the answers, some item is still unsettled because of it."""
    members = [Member("parent", 0, None, True, ""), Member("other", 0, None, True, "")]
    members.append(Member("child", 0, None, True, ""))
    facts: dict[Any, Known] = {}
    for _ in range(data.draw(st.integers(0, 6))):
        open_ = open_questions(matter(plan, members, facts))
        if not open_:
            break
        _answer(data.draw(st.sampled_from(open_)), members, facts, data)

    now = matter(plan, members, facts)
    missing = {
        (column, at)
        for standing in now.standings
        if standing.applies is not False
        for column in standing.missing
        for at in (standing.index, 0)
    }
    assert {(ask.column, ask.index) for ask in open_questions(now)} <= missing


def test_a_column_given_anew_is_not_taken_from_another_item():
    items_ = [
        Service(
            id=f"item{n}", title=T, summary=T, department="d", type="confirmation", basis=(LAW,),
            parties={"parent": Party(title=T)}, applicant=("parent",),
            asks=(Asked(element="parent.e0", anew=n == 0),),
            limits=Limits(statutory=Limit(days=9), promised=Limit(days=3)),
        )
        for n in range(2)
    ]  # fmt: skip
    bundle = Bundle(
        id="all", title=T, summary=T, life_event=T, lead="d", parties={"parent": Party(title=T)},
        applicant=("parent",), items=tuple(BundleItem(service=one.id) for one in items_),
        promise=Limit(days=30),
    )  # fmt: skip
    plan, _ = read_plan(pack_of(items_, bundle), "all", "bundle")
    known = {("parent", 0, "e0", ""): Known(True, "person")}

    asks = open_questions(matter(plan, [Member("parent", 0, None, True, "")], known))

    assert asks == (Ask(Column("parent", "e0"), 0, "item0"),)
