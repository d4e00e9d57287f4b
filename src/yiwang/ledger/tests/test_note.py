"""Notes, checkpoints and proofs: published verdicts are ours, and what is malformed is refused."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.ledger import merkle, proofs
from yiwang.ledger.note import (
    Checkpoint,
    Malformed,
    NotSigned,
    Proof,
    Signer,
    Verifier,
    opened,
    signed,
)

VECTORS = Path(__file__).resolve().parents[5] / "shared/data/vectors/c2sp"
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="../shared/data is not here")
ASKED = re.compile(r"POST \S+add-checkpoint\n```\n(.*?)```\nHTTP (\d+)", re.S)

# C2SP signed-note, "Example"
KEY = Verifier.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
LINE = (
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuw"
    "HjG1Yu72IneyaQM=\n"
)
NOTE = f"This is an example message.\n\n{LINE}"


class Witness:
    """C2SP tlog-witness, as far as verdicts go: what a witness answers to each checkpoint."""

    def __init__(self, *keys: Verifier, origin: str = "") -> None:
        self.keys, self.origin = keys, origin or keys[0].name
        self.size, self.root = 0, merkle.empty_root()

    def answer(self, body: str) -> int:
        head, _, note = body.partition("\n\n")
        old, *proof = head.split("\n")
        try:
            if note.partition("\n")[0] != self.origin:
                return 403
            found = Checkpoint.parse(opened(note, self.keys))
        except NotSigned:
            return 403
        except Malformed:
            return 400
        return self._judged(int(old.removeprefix("old ")), proof, found)

    def _judged(self, old: int, proof: list[str], found: Checkpoint) -> int:
        if old != self.size:
            return 409
        continues = old == 0 or merkle.verify_consistency(
            old=old, size=found.size, old_root=self.root, root=found.root,
            proof=[base64.b64decode(one) for one in proof],
        )  # fmt: skip
        if not continues:
            return 422
        self.size, self.root = found.size, found.root
        return 200


def asked(file: str) -> list[tuple[str, int]]:
    found = ASKED.findall((VECTORS / file).read_text())
    return [(body, int(status)) for body, status in found]


@needs_vectors
def test_a_witness_session_of_a_sigsum_log_has_the_published_verdicts():
    key = bytes.fromhex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f")
    name = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"
    witness = Witness(Verifier(name, key))
    session = asked("torchwood_litewitness.txt")

    answers = [witness.answer(body) for body, _ in session]

    assert answers == [status for _, status in session]
    assert (len(session), witness.size) == (9, 5)


@needs_vectors
def test_a_checkpoint_of_the_go_checksum_database_is_read():
    key = Verifier.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    witness = Witness(key, origin="go.sum database tree")

    assert [(witness.answer(body), status) for body, status in asked("torchwood_sumdb.txt")] == [
        (200, 200)
    ]
    assert witness.size == 35225469


def test_the_example_of_the_standard_opens_under_its_key():
    assert opened(NOTE, [KEY]) == "This is an example message.\n"
    assert str(KEY) == "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"


SECOND = Signer("example.com/second", bytes(range(32)))
TEXT = "This is an example message.\n"


@pytest.mark.parametrize(
    "note",
    [
        NOTE + "— example.com/unknown " + "A" * 96 + "\n",  # unknown signatures are passed over
        NOTE + "— example.com/foo " + "A" * 96 + "\n",  # the same name, another id
        NOTE.replace("— ex", "— other.example " + "Uw2QOg" + "A" * 90 + "\n— ex", 1),
        NOTE + "".join(f"— w{n}.example {'A' * 96}\n" for n in range(16)),
        NOTE + SECOND.line(TEXT),
    ],
    ids=["unknown", "same-name", "same-id", "sixteen", "second"],
)
def test_signatures_of_unknown_keys_change_nothing(note):
    assert opened(note, [KEY]) == TEXT


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        (NOTE.replace("message", "massage"), NotSigned),
        (NOTE.replace("Uw2QOkn8", "Uw2QOkn9"), NotSigned),
        (NOTE.replace("— example.com/foo", "— example.com/bar"), NotSigned),
        (NOTE + LINE.replace("Uw2QOkn8", "Uw2QOkn9"), NotSigned),  # one good, one wrong
        (TEXT, Malformed),
        (TEXT + "\n", Malformed),
        (NOTE.removesuffix("\n"), Malformed),
        (NOTE.replace("\n\n", "\n"), Malformed),
        (NOTE.replace("— ", "- "), Malformed),
        (NOTE.replace("—", "—\u00a0"), Malformed),
        (NOTE.replace("example.com/foo", "example.com/foo+x"), Malformed),
        (NOTE.replace("example.com/foo", "example.com/\u3000foo"), Malformed),
        (NOTE.replace("example.com/foo ", ""), Malformed),
        (NOTE.replace("aQM=", "aQ"), Malformed),
        (NOTE.replace("Uw2Q", "Uw2 "), Malformed),
        (f"{TEXT}\n— example.com/foo Uw2QOg==\n", Malformed),
        (NOTE.replace("This is", "This\tis"), Malformed),
        (NOTE.replace("This is", "This\ris"), Malformed),
        (NOTE.replace("This is", "This\0is"), Malformed),
        (NOTE.replace("\n", "\r\n"), Malformed),
        ("x" * 1_000_001 + "\n\n" + LINE, Malformed),
        ("", Malformed),
    ],
)
def test_a_note_that_is_not_as_the_standard_says_is_refused(note, wrong):
    with pytest.raises(wrong):
        opened(note, [KEY])


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        f"a/log\n7\n{ROOT}\n", f"a/log\n0\n{ROOT}\n", f"a/log\n7\n{ROOT}\nextension\nmore\n",
        f"go.sum database tree\n7\n{ROOT}\n",
    ],
)  # fmt: skip
def test_a_checkpoint_is_three_lines_and_extensions(text):
    assert Checkpoint.parse(text).size in (0, 7)


@pytest.mark.parametrize(
    "text",
    [
        "", "a/log\n", f"\n7\n{ROOT}\n", f"a/log\n\n{ROOT}\n", f"a/log\n07\n{ROOT}\n",
        f"a/log\n-7\n{ROOT}\n", f"a/log\n+7\n{ROOT}\n", f"a/log\n7.0\n{ROOT}\n",
        f"a/log\n٧\n{ROOT}\n", f"a/log\n{'9' * 30}\n{ROOT}\n", f"a/log\n 7\n{ROOT}\n",
        "a/log\n7\nAAAA\n", "a/log\n7\n!!!!\n", f"a/log\n7\n{ROOT}", f"a/log\n7\n{ROOT}\n\n",
        f"a/log\n7\n{ROOT}\n\nextension\n", f"a/log\n7\n {ROOT}\n",
    ],
)  # fmt: skip
def test_a_checkpoint_that_is_not_as_the_standard_says_is_refused(text):
    with pytest.raises(Malformed):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "key",
    [
        "", "+", "a+b", "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U",
        "example.com/foo+530d903a+!!!",
    ],
)  # fmt: skip
def test_a_key_that_is_none_is_refused(key):
    with pytest.raises(Malformed):
        Verifier.parse(key)


LOG = Signer("city.example/ledger", bytes(range(32)))
HEADS = signed(Checkpoint(LOG.name, 1, merkle.leaf_hash(b"x")).text, [LOG])


@pytest.mark.parametrize(
    "text",
    [
        "", "c2sp.org/tlog-proof@v1", f"c2sp.org/tlog-proof@v2\nindex 0\n\n{HEADS}",
        f"c2sp.org/tlog-proof@v1\n\n{HEADS}", f"c2sp.org/tlog-proof@v1\nindex 00\n\n{HEADS}",
        f"c2sp.org/tlog-proof@v1\nindex -1\n\n{HEADS}",
        f"c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n{HEADS}",
        f"c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\n{HEADS}",
        f"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n{HEADS}",
        f" c2sp.org/tlog-proof@v1\nindex 0\n\n{HEADS}",
    ],
)  # fmt: skip
def test_a_proof_that_is_not_as_the_standard_says_is_refused(text):
    with pytest.raises(Malformed):
        Proof.parse(text)


@pytest.mark.parametrize(
    "extra",
    [b"[" * 100_000, b'{"act":' * 50_000, b'{"act":{},"subjects":[],"body":"\\ud800"}',
     b'{"act":{"n":NaN},"subjects":[],"body":""}', b'{"act":{"n":' + b"9" * 9000 + b'},"body":""}',
     b'{"act":{},"subjects":[],"body":"","opened":{"salt":"zz","subject":1}}', b"\xff", b"null"],
)  # fmt: skip
def test_extra_data_that_is_no_act_is_refused(extra):
    with pytest.raises(Malformed):
        proofs.entry_of(extra)


def test_what_no_digest_covers_is_not_told():
    told = b'{"act":{"what":"x"},"body":"","index":99,"size":99,"subjects":[],"promise":"gold"}'
    leaf = merkle.leaf_hash(proofs.entry_of(told))
    head = signed(Checkpoint(LOG.name, 1, leaf).text, [LOG])

    found = proofs.check(str(Proof(0, (), head, told)), [LOG.verifier])

    assert (found["index"], found["size"], "promise" in found) == (0, 1, False)


@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "c2sp.org/tlog-proof@v1",
                "index 0",
                "extra e30=",
                "extra bnVsbA==",
                "",
                ROOT,
                LOG.name,
                "1",
                HEADS.strip(),
                LINE.strip(),
                "— a b",
                "\0",
                "extra W10=",
            ]
        ),
        max_size=14,
    ).map("\n".join)
)
def test_whatever_text_comes_is_judged_without_a_crash(text):  # fmt: skip
    for read in (
        lambda: opened(text, [KEY, LOG.verifier]),
        lambda: Checkpoint.parse(text),
        lambda: Proof.parse(text),
        lambda: Verifier.parse(text),
        lambda: proofs.check(text, [LOG.verifier]),
        lambda: proofs.entry_of(text.encode()),
    ):
        try:
            read()
        except (Malformed, NotSigned):
            continue
