"""An outsider checks the published log; whatever was changed is found and named."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from yiwang.ledger import log_keys, proofs, publication, sequencer
from yiwang.ledger.actions import Actor, Change, record
from yiwang.ledger.audit import ROWS, audit
from yiwang.ledger.models import Act
from yiwang.ledger.note import Verifier
from yiwang.ledger.sealer import open_log, seal
from yiwang.ledger.verify import verify_log

CLERK = Actor("staff", "s-1", "police")


@pytest.fixture
def log(settings, tmp_path, db):
    settings.LEDGER_ROOT = tmp_path / "ledger"
    with transaction.atomic():
        for n in range(600):
            record("case.accepted", by=CLERK, about=[uuid4()], body={"n": n})
    while sequencer.place():
        pass
    seal()
    return open_log()


def keys(log) -> list[Verifier]:
    return log_keys.current(log)


def test_the_whole_log_is_checked_from_what_is_published(log):
    report = verify_log(publication.resource, keys(log))

    assert report.sound and report.checkpoint.size == 600


def test_it_is_the_same_by_http_and_from_a_folder(log, client: Client, tmp_path):
    def by_http(path: str) -> bytes | None:
        answer = client.get(f"/ledger/{path}")
        return answer.content if answer.status_code == 200 else None

    count = publication.export(tmp_path / "copy")
    folder = verify_log(
        lambda p: f.read_bytes() if (f := tmp_path / "copy" / p).is_file() else None, keys(log)
    )

    assert verify_log(by_http, keys(log)).sound and folder.sound
    assert count == 8  # three tiles of leaves, one above, three bundles, the checkpoint
    assert publication.export(tmp_path / "copy") == 0
    assert client.get("/ledger/keys").content.decode().split() == [str(k) for k in keys(log)]
    for nothing in ("tile/0/002.p/89", "tile/0/003", "tile/9/000", "tile/0/0", "tile/x"):
        assert client.get(f"/ledger/{nothing}").status_code == 404


@pytest.mark.parametrize(
    ("path", "at", "named"),
    [
        ("tile/entries/001", 20, "act 256"),
        ("tile/entries/002.p/88", 34 * 87 + 5, "act 599"),
        ("tile/0/001", 40, "act 257"),
        ("tile/1/000.p/2", 40, "hash 1"),
        ("checkpoint", 30, "signature"),
    ],
)
def test_a_flipped_byte_is_found_and_named(log, path, at, named):
    def tampered(name: str) -> bytes | None:
        data = publication.resource(name)
        if name == path and data:
            data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        return data

    report = verify_log(tampered, keys(log))

    assert not report.sound
    assert any(named in fault.what for fault in report.faults)
    assert path.startswith("tile/0") or report.faults[0].path == path


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/002.p/88", "tile/entries/000"])
def test_a_missing_file_is_named(log, path):
    report = verify_log(lambda p: None if p == path else publication.resource(p), keys(log))

    assert [fault.path for fault in report.faults] == [path]


def test_another_key_proves_nothing(log):
    other = Verifier(log.origin, bytes(32))

    assert not verify_log(publication.resource, [other]).sound


def test_the_page_checks_a_proof(log, client: Client):
    with translation.override("zh-hans"):
        act = Act.objects.order_by("place__position")[300]
        proof = str(proofs.proof_of(act))

        good = client.post("/ledger/", {"text": proof}).content.decode()
        bad = client.post("/ledger/", {"text": proof.replace("index 300", "index 301")})
        nothing = client.post("/ledger/", {"text": " "}).content.decode()

    assert "第 300 位" in good
    assert 'role="alert"' in bad.content.decode() and 'role="alert"' in nothing


def test_an_act_or_a_row_changed_behind_its_back_is_named(log):
    rows = {"7": "digest-of-seven"}
    ROWS._entries["test_table"] = lambda ids: rows
    try:
        with transaction.atomic():
            change = Change("test_table", "7", "", "digest-of-seven")
            record("thing.changed", by=CLERK, changes=[change])
        assert audit().faults == ()

        rows["7"] = "something else"
        act = Act.objects.filter(what="case.accepted").first()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_act SET basis = 'other' WHERE id = %s", [act.id])
        found = audit()
    finally:
        del ROWS._entries["test_table"]

    assert (found.acts, found.rows) == (601, 1)
    assert [(fault.kind, fault.id) for fault in found.faults] == [
        ("act", str(act.id)),
        ("row of test_table", "7"),
    ]


def test_an_act_is_shown_to_everybody_and_opened_only_for_whom_it_concerns(log, client: Client):
    act = Act.objects.order_by("place__position")[5]
    page = client.get(f"/ledger/acts/{act.id}/").content.decode()
    file = client.get(f"/ledger/acts/{act.id}/act.tlog-proof")
    told = proofs.check(file.content.decode(), keys(log))

    assert "<svg" in page and str(act.subjects[0]) not in page + file.content.decode()
    assert told["index"] == 5 and "opened" not in told
    assert client.get(f"/ledger/acts/{uuid4()}/").status_code == 404
    assert client.get(f"/my/acts/{act.id}/").status_code in (302, 403)
