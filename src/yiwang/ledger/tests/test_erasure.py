"""What was erased stays erased: in every copy, after every restore; and its proofs hold."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import pytest
from django.db import transaction

from yiwang.kernel.canonical import canonical
from yiwang.ledger import erasure, keys, log_keys, proofs, sequencer
from yiwang.ledger.actions import Actor, record
from yiwang.ledger.erasure import FORGETS, erase, erased_outside, erased_path, is_erased, reapply
from yiwang.ledger.models import Act, RootKey
from yiwang.ledger.queries import body_of, is_intact
from yiwang.ledger.sealer import open_log, seal

CLERK = Actor("staff", "s-1", "police")
LAW = "《个人信息保护法》第四十七条"
SECRET = {"name": "林岚", "id_number": "990102199603082467"}


@pytest.fixture(autouse=True)
def a_ledger(settings, tmp_path, monkeypatch):
    settings.LEDGER_ROOT = tmp_path / "ledger"
    monkeypatch.setattr(FORGETS, "_entries", {})


def acted(root, **more):
    with transaction.atomic():
        return record("case.accepted", by=CLERK, case=root, body=SECRET, **more)


def erased(root):
    with transaction.atomic():
        return erase(root, by=CLERK, basis=LAW)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_is_an_act_and_leaves_proofs_standing():
    root, person = uuid4(), uuid4()
    act = acted(root, about=[person])

    assert erased(root)
    while sequencer.place():
        pass
    seal()

    told = Act.objects.get(what="case.erased")
    assert (told.case, told.basis, told.by_id) == (root, LAW, "s-1")
    assert body_of(act) == {"erased": True} and is_intact(act) and is_intact(told)
    proof = str(proofs.proof_of(act, open_for=person))
    assert proofs.check(proof, log_keys.current(open_log()))["act"]["id"] == str(act.id)
    assert "林岚" not in proof and "opened" not in proofs.check(proof, log_keys.current(open_log()))


@pytest.mark.django_db(transaction=True)
def test_what_is_left_of_a_body_cannot_be_guessed():
    root = uuid4()
    act = acted(root)
    erased(root)

    left = Act.objects.get(pk=act.pk)

    guess = hashlib.sha256(bytes(left.salt) + canonical(SECRET)).hexdigest()
    assert left.body_digest != guess  # who knows what it said cannot even tell that it said so


@pytest.mark.django_db(transaction=True)
def test_later_acts_of_an_erased_root_keep_their_columns_and_nothing_else():
    root = uuid4()
    acted(root)
    erased(root)

    later = acted(root)

    assert body_of(later) == {"erased": True} and is_intact(later)
    assert is_erased(root) and RootKey.objects.get(root=root).wrapped == b""


@pytest.mark.django_db(transaction=True)
def test_erasing_again_changes_and_records_nothing():
    root = uuid4()
    acted(root)
    erased(root)

    assert not erased(root)
    assert Act.objects.filter(what="case.erased").count() == 1
    assert [one.root for one in erased_outside()] == [str(root)]


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_is_rolled_back_erased_nothing():
    root = uuid4()
    act = acted(root)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erase(root, by=CLERK, basis=LAW)
        _ = 1 / 0

    assert body_of(act) == SECRET
    assert not erased_path().exists()


@pytest.mark.django_db(transaction=True)
def test_what_an_old_backup_brings_back_is_erased_again_at_the_next_start():
    root, person, other = uuid4(), uuid4(), uuid4()
    act, kept = acted(root, about=[person]), acted(other)
    backup = RootKey.objects.get(root=root).wrapped
    forgotten = []
    FORGETS.add("somebody", lambda root, by: forgotten.append(root))
    erased(root)
    Act.objects.filter(what="case.erased").delete()  # the backup is older than the erasure
    RootKey.objects.filter(root=root).update(wrapped=backup, erased_at=None)
    assert body_of(act) == SECRET

    assert reapply() == 1

    assert body_of(act) == {"erased": True} and body_of(kept) == SECRET
    assert forgotten == [root, root]
    again = Act.objects.get(what="case.erased")
    assert (again.by_kind, again.basis, again.subjects) == ("job", LAW, [person])
    assert reapply() == 0


@pytest.mark.django_db(transaction=True)
def test_a_lost_or_cut_file_outside_is_written_again_from_the_database():
    one, two = uuid4(), uuid4()
    for root in (one, two):
        acted(root)
        erased(root)
    lines = erased_path().read_text().splitlines()
    erased_path().write_text(f"{lines[0]}\n{lines[1][:30]}")  # a crash in the middle of a line

    assert reapply() == 0

    assert {told.root for told in erased_outside()} == {str(one), str(two)}
    assert {told.basis for told in erased_outside()} == {LAW}
    erased_path().unlink()
    reapply()
    assert len(list(erased_outside())) == 2


@pytest.mark.django_db(transaction=True)
def test_the_city_key_is_no_case_and_is_not_erased():
    with transaction.atomic():
        act = record("pack.loaded", by=CLERK, body={"hash": "x"})

    with pytest.raises(ValueError, match="no case"):
        erasure.erase(keys.CITY, by=CLERK, basis=LAW)

    assert body_of(act) == {"hash": "x"}
