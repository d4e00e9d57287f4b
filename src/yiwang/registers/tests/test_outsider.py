"""Somebody outside, with nothing but the page that explains the log, checks a running city."""

from __future__ import annotations

import ast
import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import urllib3
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yiwang.files import actions as files
from yiwang.files import store
from yiwang.files.models import Document
from yiwang.files.tests.samples import PDF
from yiwang.identity.actions import open_account, person_for
from yiwang.kernel.ids import new_id
from yiwang.ledger import publication, sequencer
from yiwang.ledger.actions import Actor
from yiwang.ledger.models import Act, Tile
from yiwang.ledger.sealer import seal
from yiwang.pack import queries
from yiwang.registers import gate
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask
from yiwang.registers.tests import town
from yiwang.registers.tests.town import CLERK, MOTHER

SCRIPT = Path(__file__).parents[4] / "docs/how-to/check_the_ledger.py"


@pytest.fixture
def city(transactional_db, live_server, settings, tmp_path):
    settings.LEDGER_ROOT = tmp_path / "ledger"
    settings.FILES_ROOT = tmp_path / "files"
    pack = town.load(tmp_path)
    population = pack.all(Register)["population"]
    load_rows(population, [{"id_number": MOTHER, "name": "林岚"}], by=CLERK)
    case = new_id()
    ask = Ask(population, {"id_number": MOTHER}, ("name",), ("hospital",))
    for _ in range(260):
        gate.read([ask], purpose="新生儿一件事", case=case, root=case, by=CLERK)
    while sequencer.place():
        pass
    seal()
    yield live_server.url
    queries.forget()


@pytest.fixture
def mother(city):
    person = person_for(MOTHER, "林岚", by=CLERK)
    account = open_account(username="mother.lin", password="a long phrase", person=person, by=CLERK)
    client = Client()
    client.force_login(account)
    return person, client.cookies["sessionid"].value


def key(city: str) -> str:
    return fetched(f"{city}/ledger/keys").decode().split()[0]


def fetched(url: str, session: str = "") -> bytes:
    headers = {"Cookie": f"sessionid={session}", "Connection": "close"}
    answer = urllib3.request("GET", url, headers=headers)
    assert answer.status == 200, url
    return answer.data


def outside(*words: object) -> tuple[int, str]:
    """What the script says, in a Python that sees nothing of ours."""
    ended = subprocess.run(
        [sys.executable, "-I", SCRIPT, *map(str, words)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert not ended.stderr
    return ended.returncode, ended.stdout


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def my_proof(city: str, session: str, folder: Path) -> Path:
    """The proof of the newest reading of one's data, as a person comes to it by the pages."""
    shown = fetched(f"{city}/my/data/", session).decode()
    act = re.search(r'href="(/my/acts/[0-9a-f-]+/)"', shown)[1]
    page = fetched(city + act, session).decode()
    link = re.search(r'href="(/my/acts/\S+\.tlog-proof)"', page)[1]
    file = folder / "my.tlog-proof"
    file.write_bytes(fetched(city + link, session))
    return file


def test_the_script_knows_nothing_of_ours():
    tree = ast.parse(SCRIPT.read_text())
    names = {
        name
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip

    assert not [name for name in names if "yiwang" in name or "django" in name]


def test_a_reading_of_ones_data_is_proven_and_a_flipped_byte_is_not(city, mother, tmp_path):
    person, session = mother
    file = my_proof(city, session, tmp_path)
    extra = json.loads(base64.b64decode(file.read_text().split("\n")[1][6:]))
    assert extra["opened"]["body"]["register"] == "population"
    assert extra["opened"]["subject"] == str(person.id)

    assert outside(key(city), "proof", file)[0] == 0

    forged = file.read_text().replace(
        file.read_text().split("\n")[1],
        "extra "
        + base64.b64encode(json.dumps(extra).replace("population", "births").encode()).decode(),
    )
    file.write_text(forged)
    assert outside(key(city), "proof", file) == (
        1, f"✗ {'what is told of the act is not what was recorded'}\n✗ not what was signed\n",
    )  # fmt: skip


def test_anybody_proves_an_act_and_one_changed_behind_its_back_fails(city, tmp_path):
    act = Act.objects.filter(what="register.read").order_by("place__position")[100]
    file = tmp_path / "act.tlog-proof"
    address = f"{city}/ledger/acts/{act.id}/act.tlog-proof"
    file.write_bytes(fetched(address))
    assert outside(key(city), "proof", file)[0] == 0

    Act.objects.filter(id=act.id).update(purpose="新生儿二件事")  # one who has the database
    file.write_bytes(fetched(address))

    code, said = outside(key(city), "proof", file)
    assert code == 1
    assert f"act {act.place.position}: a byte of the act or of its proof was changed" in said


def test_the_whole_log_is_sound_over_http_until_a_byte_of_a_tile_flips(city):
    assert outside(key(city), "log", f"{city}/ledger/") == (0, "✓ all is what was signed\n")

    act = Act.objects.get(place__position=7)
    Act.objects.filter(id=act.id).update(digest=flipped(bytes(act.digest), 3))
    code, said = outside(key(city), "log", f"{city}/ledger/")
    assert (code, "tile/entries/000: act 7 is not the act that was sealed" in said) == (1, True)

    Act.objects.filter(id=act.id).update(digest=act.digest)
    tile = Tile.objects.get(level=1)
    Tile.objects.filter(level=1).update(hashes=flipped(bytes(tile.hashes), 30))
    code, said = outside(key(city), "log", f"{city}/ledger/")
    assert (code, "tile/1/000.p/1: is not that of the tiles below it" in said) == (1, True)


@pytest.mark.parametrize(
    ("name", "at", "told"),
    [
        ("tile/entries/000", 34 * 200 + 9, "tile/entries/000: act 200 is not"),
        ("tile/0/000", 32 * 9 + 1, "tile/entries/000: act 9 is not"),
        ("checkpoint", 40, "checkpoint: "),
    ],
)
def test_a_flipped_byte_of_an_exported_file_is_named(city, tmp_path, name, at, told):
    copy = tmp_path / "copy"
    publication.export(copy)
    assert outside(key(city), "log", copy)[0] == 0

    (copy / name).write_bytes(flipped((copy / name).read_bytes(), at))

    code, said = outside(key(city), "log", copy)
    assert (code, told in said) == (1, True)


def test_a_document_is_the_one_that_was_handed_in(city, mother, tmp_path):
    person, session = mother
    by = Actor("person", str(person.id))
    kept = files.keep(SimpleUploadedFile("证明.pdf", PDF), root=new_id(), by=by)
    while sequencer.place():
        pass
    seal()
    act = Act.objects.get(what="file.kept")
    proof, document = tmp_path / "kept.tlog-proof", tmp_path / "certificate.pdf"
    proof.write_bytes(fetched(f"{city}/my/acts/{act.id}/act.tlog-proof", session))
    document.write_bytes(PDF)
    assert outside(key(city), "document", proof, document)[0] == 0

    document.write_bytes(flipped(PDF, 50))

    code, said = outside(key(city), "document", proof, document)
    assert (code, "the document is not the one the act tells of" in said) == (1, True)
    assert store.read(Document.objects.get(id=kept.id).stored) is not None
