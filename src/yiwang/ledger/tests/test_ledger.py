"""Acts: in the change's own transaction, unreadable without the key, placed after the fact."""

from __future__ import annotations

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from yiwang.kernel.errors import Defect
from yiwang.ledger import keys, sequencer
from yiwang.ledger.actions import Actor, Change, Deed, record, record_all
from yiwang.ledger.models import Act, Position, RootKey
from yiwang.ledger.queries import acts_about, body_of, is_intact

CLERK = Actor("staff", "s-1", "police")


def deed(root: UUID, **more) -> Act:
    with transaction.atomic():
        return record("case.accepted", by=CLERK, case=root, body={"why": "complete"}, **more)


def test_an_act_tells_who_what_about_whom_and_on_which_basis(db):
    root, person = uuid4(), uuid4()

    with transaction.atomic():
        record(
            "case.accepted", by=CLERK, about=[person, person], case=root, basis="《某法》第三条",
            changes=[Change.of("case", root, before={"state": "a"}, after={"state": "b"})],
            body={"why": "complete"},
        )  # fmt: skip

    act = acts_about(person).get()
    assert (act.by_kind, act.by_id, act.department) == ("staff", "s-1", "police")
    assert (act.case, act.root, act.subjects) == (root, root, [person])
    assert act.changes[0][:2] == ["case", str(root)] and len(act.changes[0][2]) == 64
    assert body_of(act) == {"why": "complete"}
    assert b"complete" not in bytes(act.body)
    assert not act.demo and is_intact(act)


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        record("case.accepted", by=CLERK)

    assert not Act.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_act():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("case.accepted", by=CLERK, case=uuid4())
        _ = 1 / 0

    assert not Act.objects.exists() and not RootKey.objects.exists()


def test_any_changed_column_is_noticed(db):
    act = deed(uuid4(), about=[uuid4()])

    for name, value in (
        ("what", "case.refused"), ("by_id", "s-2"), ("basis", "other"), ("subjects", [uuid4()]),
        ("department", "health"),
    ):  # fmt: skip
        changed = Act.objects.get(pk=act.pk)
        setattr(changed, name, value)
        assert not is_intact(changed), name


def test_without_its_key_a_body_is_gone_and_the_digest_stays(db):
    act = deed(uuid4())
    digest = bytes(act.digest)

    RootKey.objects.filter(root=act.root).delete()

    again = Act.objects.get(pk=act.pk)
    assert body_of(again) == {"erased": True}
    assert bytes(again.digest) == digest
    assert is_intact(again)
    again.body_digest = "0" * 64
    assert not is_intact(again)


def test_two_roots_have_two_keys_and_a_body_opens_only_under_its_own(db):
    one, other = keys.make_key(uuid4()), keys.make_key(uuid4())
    sealed = keys.encrypt(one, b"plain", b"context")

    assert keys.decrypt(one, sealed, b"context") == b"plain"
    for key, context in ((other, b"context"), (one, b"other")):
        with pytest.raises(Defect):
            keys.decrypt(key, sealed, context)


def test_several_deeds_keep_their_order(db):
    root = uuid4()
    with transaction.atomic():
        record_all(Deed(f"step.{n}", CLERK, case=root, root=root) for n in range(5))

    sequencer.place()

    placed = Position.objects.order_by("position").values_list("act__what", flat=True)
    assert list(placed) == [f"step.{n}" for n in range(5)]


def test_positions_have_no_gap_and_placing_again_changes_nothing(db):
    for _ in range(7):
        deed(uuid4())

    assert sequencer.place() == 7
    assert sequencer.place() == 0
    assert list(Position.objects.order_by("position").values_list("position", flat=True)) == list(
        range(7)
    )
    assert sequencer.backlog() == 0


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_hangs_holds_nobody_up_and_is_placed_later():
    hanging, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        try:
            with transaction.atomic():
                record("case.slow", by=CLERK, case=uuid4())
                hanging.set()
                go_on.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=hang)
    thread.start()
    hanging.wait(10)
    deed(uuid4())
    first = sequencer.place()
    go_on.set()
    thread.join()
    second = sequencer.place()

    assert (first, second) == (1, 1)
    placed = Position.objects.order_by("position").values_list("act__what", flat=True)
    assert list(placed) == ["case.accepted", "case.slow"]


@pytest.mark.django_db(transaction=True)
def test_several_sequencers_place_each_act_once():
    for _ in range(40):
        deed(uuid4())

    def place() -> None:
        try:
            for _ in range(5):
                sequencer.place()
        finally:
            connection.close()

    threads = [threading.Thread(target=place) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Position.objects.order_by("position").values_list("position", flat=True)) == list(
        range(40)
    )
