"""A whole register read at once: one act names nobody; whoever is in it sees and proves it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as fast
from hypothesis import strategies as st

from yiwang.kernel.errors import NotAllowed
from yiwang.kernel.identifiers import identity_number
from yiwang.ledger import log_keys, proofs, sequencer
from yiwang.ledger.models import Act
from yiwang.ledger.queries import body_of
from yiwang.ledger.sealer import open_log, seal
from yiwang.registers import crowd, followers
from yiwang.registers.actions import load_rows
from yiwang.registers.bulk import path_of, proof_for, read_all, reads_of
from yiwang.registers.declarations import Register
from yiwang.registers.models import BulkRead
from yiwang.registers.tests.test_my_data import page, signed_in
from yiwang.registers.tests.test_outsider import SCRIPT
from yiwang.registers.tests.town import CLERK, MOTHER, STRANGER

PEOPLE = [
    identity_number("990102", date(1970, 1, 1 + n // 40), 2 + 2 * (n % 40)) for n in range(600)
]


@pytest.fixture
def population(pack, settings, tmp_path, monkeypatch):
    settings.CROWDS_ROOT, settings.LEDGER_ROOT = tmp_path / "crowds", tmp_path / "ledger"
    for registry in (followers.PURPOSES, followers.MATTERS, followers.LOOKS):
        monkeypatch.setattr(registry, "_entries", {})
    register = pack.all(Register)["population"]
    rows = [{"id_number": n, "name": "甲", "birth_date": "1970-01-01"} for n in [*PEOPLE, MOTHER]]
    load_rows(register, rows, by=CLERK)
    return register


def matched(population, department="hospital", columns=("name", "birth_date", "sex")):
    return read_all(population, columns, department=department, purpose="夜间比对", by=CLERK,
                    rule="age(birth_date) >= 50")  # fmt: skip


def test_a_whole_register_is_one_act_that_names_nobody(population):
    found = matched(population)

    assert (found.rows.height, found.rows.columns) == (601, ["name", "birth_date"])
    act = Act.objects.get(what="register.read_all")
    assert (act.subjects, act.purpose, act.basis) == ([], "夜间比对", "《母婴法》第二十三条")
    assert act.changes == [
        ["registers_bulkread", str(found.read.id), "", bytes(found.read.root).hex()]
    ]
    assert body_of(act)["people"] == 601 and body_of(act)["rule"] == "age(birth_date) >= 50"
    kept = path_of(found.read.id).read_bytes()
    assert len(kept) == 601 * 16
    assert MOTHER.encode() not in kept and hashlib.sha256(MOTHER.encode()).digest()[:16] not in kept


def test_without_a_grant_nothing_is_read_or_recorded(population):
    with pytest.raises(NotAllowed):
        matched(population, department="insurance")

    assert not BulkRead.objects.exists()
    assert not Act.objects.filter(what="register.read_all").exists()


def test_each_person_in_it_sees_it_and_nobody_else(population, client):
    read = matched(population).read
    signed_in(client, MOTHER, "mother.lin")

    shown = page(client)

    for words in ("医院成批查询了人口库", "夜间比对", "601 人", "《母婴法》第二十三条", "您在其中"):
        assert words in shown
    assert client.get(reverse("registers:bulk_proof", args=[read.id])).status_code == 200
    signed_in(client, STRANGER, "stranger")
    assert "成批查询" not in page(client)
    assert client.get(reverse("registers:bulk_proof", args=[read.id])).status_code == 404
    assert client.get(reverse("registers:my_bulk")).status_code == 200


def test_that_one_was_among_them_is_proven_to_an_outsider(population, tmp_path):
    read = matched(population).read
    while sequencer.place():
        pass
    seal()
    act = Act.objects.get(id=read.act)
    key = str(log_keys.current(open_log())[0])
    mine, proof = tmp_path / "bulk.json", tmp_path / "act.tlog-proof"
    mine.write_bytes(proof_for(read, MOTHER))
    proof.write_text(str(proofs.proof_of(act)))

    assert outside(key, proof, mine) == 0
    told = json.loads(proof_for(read, MOTHER))
    for name, other in (
        ("number", STRANGER), ("secret", "00" * 16), ("index", told["index"] + 1), ("leaves", 9),
        ("block", "00" * 16 + told["block"]), ("path", []), ("read", "another"),
    ):  # fmt: skip
        mine.write_text(json.dumps(told | {name: other}))
        assert outside(key, proof, mine) == 1, name


def outside(key, proof, mine) -> int:
    command = [sys.executable, "-I", SCRIPT, key, "bulk", proof, mine]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_of_several_only_those_one_stands_in_are_told_newest_first(population):
    first = matched(population).read
    load_rows(population, [{"id_number": STRANGER, "name": "乙"}], by=CLERK)
    second = matched(population).read

    assert reads_of(MOTHER) == [second.id, first.id]
    assert reads_of(STRANGER) == [second.id]
    assert reads_of(None) == [] and reads_of("nobody") == []


@fast(max_examples=40, deadline=None)
@given(st.integers(0, 6000), st.randoms(), st.binary(min_size=32, max_size=32))
def test_in_a_crowd_of_any_size_all_are_found_and_proven(tmp_path_factory, size, random, key):
    path = tmp_path_factory.mktemp("crowd") / "crowd"
    numbers = [f"n{n}" for n in range(size)]

    count, root = crowd.write(path, numbers, key=key)

    assert count == size and not crowd.stands_in(path, "nobody", key=key)
    for number in random.sample(numbers, min(20, size)):
        assert crowd.stands_in(path, number, key=key)
        found = crowd.membership(path, number, key=key)
        assert found.proves(number, root) and not found.proves("nobody", root)
        assert not found.proves(number, bytes(32))
