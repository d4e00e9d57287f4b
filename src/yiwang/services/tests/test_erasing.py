"""A finished birth is erased as the law requires: asked by one, confirmed by another, gone from
the database, the files, the lake, the index and a restored backup; and still proven."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yiwang.cases import actions as cases
from yiwang.cases.errors import CannotErase
from yiwang.cases.models import Case, Erasure, Fact
from yiwang.files import actions as files
from yiwang.files import queries as documents
from yiwang.files.tests.samples import PDF
from yiwang.identity.actors import person_actor
from yiwang.kernel.errors import BadInput, NotAllowed, NotFound, Refusal
from yiwang.lake.actions import follow
from yiwang.ledger import log_keys, proofs, sequencer
from yiwang.ledger.actions import Actor
from yiwang.ledger.audit import audit
from yiwang.ledger.erasure import reapply
from yiwang.ledger.models import Act
from yiwang.ledger.queries import body_of
from yiwang.ledger.sealer import open_log, seal
from yiwang.ledger.tests.backup import dumped, restored
from yiwang.licences.models import Licence
from yiwang.notices.models import Message
from yiwang.registers.models import Reading, Row
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.tests.family import settle
from yiwang.services.tests.office import at_desk, page, sent, staff
from yiwang.services.tests.visitor import visitor, words

pytestmark = pytest.mark.django_db(transaction=True)

LAW = "《个人信息保护法》第四十七条"
SECRET = "孩子在家里出生那天下着大雨"


@pytest.fixture
def home(settings, tmp_path):
    settings.LEDGER_ROOT, settings.FILES_ROOT = tmp_path / "ledger", tmp_path / "files"
    settings.LAKE_ROOT, settings.SEARCH_ROOT = tmp_path / "lake", tmp_path / "search"
    return tmp_path


@pytest.fixture
def birth(city, home):
    """A birth that is decided, with a document, a rating and messages."""
    family = settle(city)
    root = sent(family)
    pdf = SimpleUploadedFile("证明.pdf", PDF.replace(b"%%EOF", SECRET.encode() + b"\n%%EOF"))
    files.keep(pdf, root=root.id, by=person_actor(family.mother))
    decide_instantly(root.id)
    one = Case.objects.filter(root=root, kind="service").first()
    mother = family.mother
    cases.rate(one.id, person=mother.id, stars=5, words=SECRET, by=person_actor(mother))
    Message.objects.filter(case=root.id).update(text={"zh": SECRET, "en": SECRET})
    root.refresh_from_db()
    return root


def head(root) -> object:
    return staff(root.department, "department-head", "head", "王主任")


def supervisor(root, number: str = "watch") -> object:
    return staff(root.department, "supervisor", number, "陈监督")


def asked(root, by) -> Erasure:
    return cases.ask_erasure(root.number, basis=LAW, reasons="当事人要求", by=by)


def sealed() -> None:
    while sequencer.place():
        pass
    seal()


def test_nobody_erases_alone_or_what_is_not_finished(city, home):
    family = settle(city)
    root = sent(family)
    boss = head(root)
    with pytest.raises(CannotErase):
        asked(root, boss)
    decide_instantly(root.id)
    clerk = staff(root.department, "supervisor", "nobody", "旁人")

    with pytest.raises(NotAllowed):
        asked(root, clerk)
    with pytest.raises(BadInput):
        cases.ask_erasure(root.number, basis=" ", reasons="x", by=boss)
    with pytest.raises(Refusal):
        cases.ask_erasure(root.number, basis=LAW, reasons=" ", by=boss)
    one = asked(root, boss)
    with pytest.raises(CannotErase):
        asked(root, boss)
    with pytest.raises(NotAllowed):
        cases.confirm_erasure(one.id, by=boss)
    operator = Actor("operator", "root")
    cases.refuse_erasure(one.id, by=operator)
    with pytest.raises(CannotErase):
        cases.confirm_erasure(one.id, by=supervisor(root))
    own = cases.ask_erasure(root.number, basis=LAW, reasons="x", by=operator)
    with pytest.raises(CannotErase):
        cases.confirm_erasure(own.id, by=operator)

    assert Fact.objects.filter(root=root).exists()
    assert not Act.objects.filter(what="case.erased").exists()


def test_all_a_matter_held_is_gone_and_its_steps_are_proven(birth):
    granted = Act.objects.filter(what="case.granted").first()
    document = documents.documents_of(birth.id)[0]
    rows, licences = Row.objects.count(), Licence.objects.count()

    one = asked(birth, head(birth))
    cases.confirm_erasure(one.id, by=supervisor(birth))
    sealed()

    assert body_of(granted) == {"erased": True}
    with pytest.raises(NotFound):
        documents.open_document(document.id)
    assert not Fact.objects.filter(root=birth).exists()
    readings = Reading.objects.filter(root=birth.id)
    assert readings and all((read.by, read.rows) == ({}, None) for read in readings)
    assert (Row.objects.count(), Licence.objects.count()) == (rows, licences)
    proof = str(proofs.proof_of(granted))
    assert proofs.check(proof, log_keys.current(open_log()))["act"]["what"] == "case.granted"
    assert audit().faults == ()
    with pytest.raises(CannotErase):
        asked(birth, Actor("operator", "root"))


def test_it_is_in_no_backup_file_lake_or_index_and_not_brought_back(birth, home):
    sealed()
    backup = dumped()
    assert SECRET in backup
    one = asked(birth, head(birth))

    cases.confirm_erasure(one.id, by=supervisor(birth))
    sealed()
    follow()

    assert SECRET not in dumped()
    for file in home.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file
    assert list(home.glob("lake/*/*.parquet")) and not [
        file for file in home.glob("files/??/??/*") if file.is_file()
    ]

    restored(backup, home)
    assert SECRET in dumped()
    reapply()
    assert SECRET not in dumped()
    granted = Act.objects.filter(what="case.granted", root=birth.id).first()
    assert body_of(granted) == {"erased": True}


def test_two_people_do_it_at_the_desk_and_the_person_reads_of_it(birth):
    boss, watch = at_desk(head(birth)), at_desk(supervisor(birth))
    person = visitor(birth.applicant)
    address = f"/desk/cases/{birth.number}/"
    assert "Ask for erasure" in page(boss.get(address))

    short = boss.post(f"{address}erase/", {"basis": LAW, "reasons": ""})
    assert short.status_code == 422
    boss.post(f"{address}erase/", {"basis": LAW, "reasons": "当事人要求"})
    listed = watch.get("/desk/erasures/")
    assert birth.number in page(listed) and "王主任" in page(listed)
    form = re.search(r'action="(/desk/erasures/[^"]+/confirm/)"', listed.content.decode())[1]
    assert boss.post(form).status_code == 403
    watch.post(form)

    assert "erased as the law requires" in page(boss.get(address))
    mine = person.get(f"/my/matters/{birth.number}/")
    assert mine.status_code == 200
    assert "Its contents were erased as the law requires" in words(mine)
    assert SECRET not in mine.content.decode()
    for path in ("/my/", "/my/matters/", "/my/data/", "/my/inbox/", "/my/wallet/"):
        assert person.get(path).status_code == 200, path
    for one in Case.objects.filter(root=birth, kind="service"):
        worker = at_desk(staff(one.department, "department-head", one.number[-5:], "某"))
        assert worker.get(f"/desk/cases/{one.number}/").status_code == 200
