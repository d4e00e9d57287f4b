"""Placed acts are hashed and signed once, provable, and never against what was published."""

from __future__ import annotations

import threading
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection, transaction

from yiwang.kernel.errors import Refusal
from yiwang.ledger import log_keys, proofs, sealer, sealing, sequencer
from yiwang.ledger.actions import Actor, record
from yiwang.ledger.merkle import consistency_proof, fold, leaf_hash, verify_consistency
from yiwang.ledger.models import Act, Checkpoint, Head, Log, RootKey, Tile
from yiwang.ledger.note import Checkpoint as Signed
from yiwang.ledger.note import Malformed, NotSigned, Verifier, opened
from yiwang.ledger.sealer import RestoredBehind, open_log, seal

CLERK = Actor("staff", "s-1", "police")
OPERATOR = Actor("operator", "root")


@pytest.fixture(autouse=True)
def a_ledger(settings, tmp_path):
    settings.LEDGER_ROOT = tmp_path / "ledger"
    settings.LEDGER_ORIGIN = "city.example/ledger"


def acted(count: int = 1, **more) -> list[Act]:
    with transaction.atomic():
        acts = [record("case.accepted", by=CLERK, **more) for _ in range(count)]
    while sequencer.place():
        pass
    return acts


def head() -> Signed:
    log = open_log()
    note = sealer.published_path().read_text()
    return Signed.parse(opened(note, log_keys.current(log)))


def test_a_checkpoint_is_signed_over_all_that_was_placed(db):
    acts = acted(300)

    assert (seal(), seal()) == (300, 0)

    found = head()
    assert (found.origin, found.size) == ("city.example/ledger", 300)
    in_order = Act.objects.order_by("place__position")
    assert found.root == fold([leaf_hash(bytes(act.digest)) for act in in_order])
    assert len(acts) == Head.objects.get().size


def test_each_checkpoint_continues_the_one_before(db):
    roots = []
    for count in (1, 5, 250, 300):
        acted(count)
        seal()
        roots.append(head())

    for old, new in pairwise(roots):
        tree = sealer.tree(open_log(), new.size)
        assert verify_consistency(
            old=old.size, size=new.size, old_root=old.root, root=new.root,
            proof=consistency_proof(tree.mth, old.size, new.size),
        )  # fmt: skip


def test_a_proof_needs_nothing_but_the_public_key(db):
    person = uuid4()
    act = acted(about=[person], body={"why": "complete"}, case=uuid4())[0]
    acted(20)
    assert proofs.proof_of(act) is None
    seal()

    public = str(proofs.proof_of(act))
    mine = str(proofs.proof_of(act, open_for=person))
    keys = [Verifier.parse(str(key)) for key in log_keys.current(open_log())]

    assert proofs.check(public, keys)["act"]["what"] == "case.accepted"
    assert str(person) not in public and "complete" not in public
    assert proofs.check(mine, keys)["opened"]["body"] == {"why": "complete"}


@pytest.mark.parametrize("line", range(12))
def test_any_changed_line_of_a_proof_is_noticed(db, line):
    act = acted(about=[uuid4()])[0]
    acted(30)
    seal()
    keys = log_keys.current(open_log())
    lines = str(proofs.proof_of(act)).split("\n")
    if line >= len(lines) or not lines[line]:
        pytest.skip("the proof has no such line")
    middle = len(lines[line]) // 2
    other = "A" if lines[line][middle] != "A" else "B"
    lines[line] = lines[line][:middle] + other + lines[line][middle + 1 :]

    with pytest.raises((Malformed, NotSigned)):
        proofs.check("\n".join(lines), keys)


def test_an_erased_body_is_gone_and_its_proof_still_holds(db):
    person, root = uuid4(), uuid4()
    act = acted(about=[person], body={"why": "complete"}, case=root)[0]
    seal()

    RootKey.objects.filter(root=root).delete()
    acted(3)
    seal()

    told = proofs.check(str(proofs.proof_of(act, open_for=person)), log_keys.current(open_log()))
    assert told["act"]["id"] == str(act.id) and "opened" not in told


def test_a_head_that_moved_but_was_not_signed_is_signed_by_the_next_round(db, monkeypatch):
    acted(5)
    monkeypatch.setattr(sealer, "_sign", lambda: None)
    seal()
    assert not Checkpoint.objects.exists()
    monkeypatch.undo()

    assert seal() == 0
    assert Checkpoint.objects.get().size == 5


def test_a_database_behind_what_was_published_signs_nothing(db):
    acted(5)
    seal()
    kept = sealer.published_path().read_text()
    acted(5)
    seal()
    newer = sealer.published_path().read_text()
    # as an old backup would have it
    log = open_log()
    Checkpoint.objects.filter(size=10).delete()
    Tile.objects.filter(log=log).update(hashes=Tile.objects.get(log=log).hashes[: 5 * 32])
    Head.objects.filter(log=log).update(
        size=5, root=Signed.parse(kept.split("\n\n")[0] + "\n").root
    )

    for act in Act.objects.filter(place__position__gte=5):
        act.place.delete()
    Act.objects.filter(place=None).delete()
    acted(2)
    with pytest.raises(RestoredBehind):
        seal()

    assert sealer.published_path().read_text() == newer
    assert Checkpoint.objects.filter(size__gt=5).count() == 0


def test_another_history_of_the_same_length_is_noticed(db):
    acted(5)
    seal()
    Tile.objects.update(hashes=bytes(5 * 32))
    acted(1)

    with pytest.raises(RestoredBehind):
        seal()


def test_a_new_log_is_cross_signed_and_goes_on(db):
    acted(5)
    seal()
    old = open_log()
    with pytest.raises(Refusal):
        sealing.succeed(reason="no need", by=OPERATOR)
    Tile.objects.update(hashes=bytes(5 * 32))
    old_keys = log_keys.verifiers(old)

    new = sealing.succeed(reason="restored from the backup of yesterday", by=OPERATOR)
    while sequencer.place():
        pass
    assert seal() == 6  # all that is here, and the act that tells why

    note = new.succession.split("\n\ncity", 1)[0]
    for keys in (old_keys, log_keys.verifiers(new)):
        assert "restored from the backup" in opened(_note_of(new.succession), keys)
    assert note and head().origin == "city.example/ledger.2"
    assert Log.objects.filter(ended_at=None).count() == 1


def _note_of(succession: str) -> str:
    text, signatures = succession.split("\n\n", 2)[:2]
    lines = [line for line in signatures.split("\n") if line.startswith("—")]
    return text + "\n\n" + "".join(f"{line}\n" for line in lines)


def test_a_new_key_signs_beside_the_old_one_until_that_is_retired(db):
    acted()
    seal()
    first = log_keys.current(open_log())
    second = sealing.rotate_key(by=OPERATOR)
    acted()
    seal()
    note = sealer.published_path().read_text()
    assert opened(note, first) == opened(note, [second])

    with pytest.raises(Refusal):
        sealing.retire_key("00000000", by=OPERATOR)
    sealing.retire_key(first[0].id.hex(), by=OPERATOR)
    acted()
    seal()

    note = sealer.published_path().read_text()
    assert opened(note, [second])
    with pytest.raises(NotSigned):
        opened(note, first)
    with pytest.raises(Refusal):
        sealing.retire_key(second.id.hex(), by=OPERATOR)


@pytest.mark.django_db(transaction=True)
def test_several_sealers_at_once_neither_lose_nor_double_an_act():
    acted(1)
    seal()

    def run() -> None:
        try:
            for _ in range(5):
                sequencer.place()
                seal()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        acted(7)
    for thread in threads:
        thread.join()
    seal()

    log = open_log()
    in_order = Act.objects.order_by("place__position")
    assert head().size == 71
    assert head().root == fold([leaf_hash(bytes(act.digest)) for act in in_order])
    assert sealer.tree(log, 71).root == head().root


@pytest.mark.django_db(transaction=True)
def test_an_act_whose_transaction_hangs_is_sealed_later_and_not_lost():
    began, end = threading.Event(), threading.Event()
    acted()

    def hang() -> None:
        try:
            with transaction.atomic():
                record("case.slow", by=CLERK)
                began.set()
                end.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=hang)
    thread.start()
    began.wait(10)
    acted(3)
    seal()
    assert head().size == 4

    end.set()
    thread.join()
    sequencer.place()
    seal()

    assert head().size == 5
    assert Act.objects.get(what="case.slow").place.position == 4
