"""Processes are killed at any point, transactions hang, backups are restored: nothing is lost,
nothing stands twice, nothing is ever signed against what was published."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from yiwang.ledger import log_keys, sealer, sealing, sequencer
from yiwang.ledger.actions import Actor, record
from yiwang.ledger.merkle import consistency_proof, fold, leaf_hash, verify_consistency
from yiwang.ledger.models import Act, Checkpoint, Position
from yiwang.ledger.note import Checkpoint as Signed
from yiwang.ledger.note import opened
from yiwang.ledger.sealer import RestoredBehind, open_log, seal
from yiwang.ledger.tests.backup import dumped, restored

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPT = Path(__file__).with_name("crashing.py")
SECONDS = 10
OPERATOR = Actor("operator", "root")


@pytest.fixture(autouse=True)
def a_ledger(settings, tmp_path):
    settings.LEDGER_ROOT = tmp_path / "ledger"


def acted(count: int) -> None:
    with transaction.atomic():
        for _ in range(count):
            record("case.accepted", by=OPERATOR)
    while sequencer.place():
        pass


def a_hard_minute(folder: Path, seed: int) -> dict[str, object]:
    """What `crashing` saw, on the database of this test."""
    names = ("host", "port", "user", "password", "dbname")
    known = {name: value for name, value in connection.get_connection_params().items() if value}
    here = {
        "DATABASE_URL": make_conninfo(**{name: known[name] for name in names if name in known}),
        "YIWANG_HOME": str(folder),
        "YIWANG_MASTER_KEY": settings.MASTER_KEY,
    }
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", SCRIPT, str(SECONDS), str(seed)],
        env=os.environ | here, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_killed_at_any_point_all_that_was_committed_is_sealed_once(tmp_path):
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # told where the test fails

    saw = a_hard_minute(tmp_path, seed)

    while sequencer.place(since=sequencer.EVER):
        pass
    seal()
    log = open_log()
    acts = list(Act.objects.order_by("place__position"))
    places = list(Position.objects.order_by("position").values_list("position", flat=True))
    assert places == list(range(Act.objects.count())) and len(places) > 100
    assert not Act.objects.filter(by_id__in=["back", "die"]).exists()
    assert sealer.tree(log, len(acts)).root == fold([leaf_hash(bytes(one.digest)) for one in acts])
    heads = [read(log, note) for note in saw["notes"]]
    assert saw["kills"] > 20 and len(heads) > 5
    assert [one.size for one in heads] == sorted(one.size for one in heads)
    signed = [read(log, one.note) for one in Checkpoint.objects.order_by("size")]
    tree = sealer.tree(log, len(acts))
    for one in {(found.size, found.root) for found in [*heads, *signed]}:
        size, root = one
        proof = consistency_proof(tree.mth, size, tree.size)
        assert verify_consistency(
            old=size, size=tree.size, old_root=root, root=tree.root, proof=proof
        )
    assert read(log, sealer.published_path().read_text()).size == len(acts)


def read(log, note: str) -> Signed:
    return Signed.parse(opened(note, log_keys.verifiers(log)))


def test_a_restored_backup_signs_nothing_over_what_was_published(tmp_path):
    acted(300)
    seal()
    backup = dumped()
    acted(300)
    seal()
    published = sealer.published_path().read_text()

    restored(backup, tmp_path)
    with pytest.raises(RestoredBehind):
        acted(10)
        seal()
    acted(1000)  # the city goes on, and its other history grows past the one that was published
    with pytest.raises(RestoredBehind):
        seal()

    assert Act.objects.count() == 1310
    assert sealer.published_path().read_text() == published
    assert not Checkpoint.objects.filter(size__gt=300).exists()

    sealing.succeed(reason="restored from the backup of yesterday", by=OPERATOR)
    while sequencer.place():
        pass
    seal()
    assert read(open_log(), sealer.published_path().read_text()).size == 1311


def test_a_newer_backup_that_continues_goes_on_as_if_nothing_had_been(tmp_path):
    acted(300)
    seal()
    backup = dumped()
    acted(5)

    restored(backup, tmp_path)
    acted(7)
    seal()

    assert read(open_log(), sealer.published_path().read_text()).size == 307
