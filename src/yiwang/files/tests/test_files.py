from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import RequestFactory

from yiwang.files import actions, queries, readers, store
from yiwang.files.jobs import sweep_files
from yiwang.files.models import Document
from yiwang.files.tests.samples import PDF, jpg, png
from yiwang.files.views import document as views
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, Defect, NotFound
from yiwang.kernel.ids import new_id
from yiwang.ledger.actions import Actor
from yiwang.ledger.models import Act, RootKey
from yiwang.ledger.queries import body_of
from yiwang.ui.audiences import Audience, audience_of

pytestmark = pytest.mark.django_db

ROOT = new_id()
LIN = new_id()
BY = Actor("person", str(LIN))
CLERK = Actor("staff", str(new_id()), "health")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def upload(data: bytes = PDF, name: str = "证明.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def on_disk(folder) -> list[str]:
    return [one.name for one in folder.rglob("*") if one.is_file()] if folder.exists() else []


def test_a_file_is_kept_and_opens_as_it_was(folder):
    kept = actions.keep(upload(png(), "x.exe"), root=ROOT, by=BY, party="child")

    row = queries.document(kept.id)
    assert (row.name, row.media_type, row.size) == ("x.exe", "image/png", len(png()))
    assert (row.root, row.party, row.by_id) == (ROOT, "child", str(LIN))
    assert row.stored == f"{kept.id.hex[-2:]}/{kept.id.hex[-4:-2]}/{kept.id}"
    assert queries.open_document(kept.id) == png()
    assert list(queries.documents_of(ROOT)) == [kept]
    act = Act.objects.get(what="file.kept")
    assert (act.root, act.by_id) == (ROOT, str(LIN))
    assert body_of(act)["sha256"] == row.sha256


def test_what_lies_on_disk_cannot_be_read(folder):
    kept = actions.keep(upload(), root=ROOT, by=BY)

    path = folder / kept.stored
    assert b"PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("how", ["told", "hidden"])
def test_thirty_megabytes_are_refused_and_nothing_stays(folder, how):
    big = upload(jpg() + b"\0" * 30_000_000)
    if how == "hidden":
        big.size = 5

    with pytest.raises(BadInput) as wrong:
        actions.keep(big, root=ROOT, by=BY, field="invoice")

    assert wrong.value.field == "invoice"
    assert "10 MB" in wrong.value.text.en
    if how == "told":
        assert "30.0 MB" in wrong.value.text.en
    assert on_disk(folder) == []
    assert not Document.objects.exists()
    assert not Act.objects.exists()


def test_a_program_called_pdf_is_refused(folder):
    with pytest.raises(BadInput):
        actions.keep(upload(b"MZ" + b"\0" * 500), root=ROOT, by=BY)
    assert on_disk(folder) == []


def test_erasing_takes_bytes_and_name_and_leaves_that_it_was_there(
    folder, django_capture_on_commit_callbacks
):
    kept = actions.keep(upload(), root=ROOT, by=BY)

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(kept.id, by=CLERK, basis="Archives Act 12")
        actions.erase(kept.id, by=CLERK)

    row = queries.document(kept.id)
    assert (row.name, row.stored, row.sha256) == ("", "", kept.sha256)
    assert on_disk(folder) == []
    with pytest.raises(NotFound):
        queries.open_document(kept.id)
    assert list(queries.documents_of(ROOT)) == []
    assert Act.objects.get(what="file.erased").basis == "Archives Act 12"


def test_without_its_key_a_document_is_gone():
    kept = actions.keep(upload(), root=ROOT, by=BY)

    RootKey.objects.filter(root=ROOT).delete()

    with pytest.raises(NotFound):
        queries.open_document(kept.id)


def test_bytes_that_were_lost_or_changed_are_a_defect(folder):
    lost, changed = (actions.keep(upload(), root=ROOT, by=BY) for _ in range(2))
    (folder / lost.stored).unlink()
    sealed = bytearray((folder / changed.stored).read_bytes())
    sealed[-1] ^= 1
    (folder / changed.stored).write_bytes(sealed)

    for one in (lost, changed):
        with pytest.raises(Defect):
            queries.open_document(one.id)


def test_a_sealed_file_under_another_name_does_not_open(folder):
    one, other = (actions.keep(upload(), root=ROOT, by=BY) for _ in range(2))
    (folder / one.stored).write_bytes((folder / other.stored).read_bytes())

    with pytest.raises(Defect):
        queries.open_document(one.id)


def age(folder) -> None:
    then = (moment.real_now() - timedelta(days=2)).timestamp()
    for one in folder.rglob("*"):
        if one.is_file():
            os.utime(one, (then, then))


def test_the_night_sweep_removes_what_no_row_tells_of(folder):
    kept = actions.keep(upload(), root=ROOT, by=BY)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.keep(upload(), root=ROOT, by=BY)
        raise RuntimeError
    (folder / kept.stored).with_suffix(".part").write_bytes(b"half")
    assert len(on_disk(folder)) == 3

    assert actions.sweep() == 0
    age(folder)
    sweep_files(timestamp=0)

    assert on_disk(folder) == [str(kept.id)]
    assert queries.open_document(kept.id) == PDF


def test_writing_leaves_no_half_file(folder, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        actions.keep(upload(), root=ROOT, by=BY)
    assert on_disk(folder) == []


# ---- who may read ----------------------------------------------------------------------------


def asking(*, person: object = None, actor: Actor | None = None):
    request = RequestFactory().get("/")
    request.person, request.staff, request.actor = person, None, actor
    return request


class Someone:
    def __init__(self, id) -> None:
        self.id = id


def test_whoever_handed_it_in_may_look_again():
    kept = actions.keep(upload(), root=ROOT, by=BY)

    answer = views.my(asking(person=Someone(LIN), actor=BY), kept.id)

    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%AF%81")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert not Act.objects.filter(what="file.read").exists()


def test_anyone_else_is_told_there_is_none():
    kept = actions.keep(upload(), root=ROOT, by=BY)

    with pytest.raises(NotFound):
        views.my(asking(person=Someone(new_id())), kept.id)
    with pytest.raises(NotFound):
        views.at_desk(asking(actor=CLERK), kept.id)
    with pytest.raises(NotFound):
        views.my(asking(person=Someone(LIN)), new_id())


def test_a_room_above_lets_staff_read_and_that_is_an_act(monkeypatch):
    kept = actions.keep(upload(), root=ROOT, by=BY)
    mine = lambda request, document: request.actor == CLERK and document.root == ROOT  # noqa: E731
    monkeypatch.setitem(readers.READERS._entries, "test", mine)

    answer = views.at_desk(asking(actor=CLERK), kept.id)

    assert answer.content == PDF
    act = Act.objects.get(what="file.read")
    assert (act.by_id, act.root, act.purpose) == (CLERK.id, ROOT, "handling the case")
    assert body_of(act)["document"] == str(kept.id)


def test_views_say_whom_they_are_for():
    assert audience_of(views.my) == Audience("my")
    assert audience_of(views.at_desk) == Audience("desk", "worklist.view")
