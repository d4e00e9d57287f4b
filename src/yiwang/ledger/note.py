"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-proof). Pure.

A note is text, an empty line, and signature lines: `— name base64(key id || signature)`. A
checkpoint is a note of three lines: origin, size, root.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from yiwang.ledger.merkle import HASH

ED25519 = b"\x01"
DASH = "— "
PROOF = "c2sp.org/tlog-proof@v1"
MOST = 1_000_000  # characters of a note or a proof


class Malformed(Exception):
    """A note, checkpoint, key or proof is not written as the standard says; names what."""


class NotSigned(Exception):
    """No signature of a known key verifies, or one of a known key is wrong."""


@dataclass(frozen=True)
class Verifier:
    """A public key by its name: `name+id+base64(type || key)`."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> Verifier:
        """Read a verifier key; Malformed where it is none of Ed25519."""
        parts = vkey.strip().split("+", 2)
        if len(parts) != 3 or not _is_name(parts[0]):
            raise Malformed("a verifier key is written name+id+key")
        material = _decoded(parts[2], "the key")
        if material[:1] != ED25519 or len(material) != 1 + HASH:
            raise Malformed("only Ed25519 keys are known here")
        found = cls(parts[0], material[1:])
        if parts[1] != found.id.hex():
            raise Malformed("the key's id does not belong to this name and key")
        return found

    @property
    def id(self) -> bytes:
        """The four bytes that stand before its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        key = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    def verifies(self, signature: bytes, text: str) -> bool:
        """Whether this key made the signature over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key by its name."""

    name: str
    secret: bytes

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        key = Ed25519PrivateKey.from_private_bytes(self.secret).public_key()
        return Verifier(self.name, key.public_bytes_raw())

    def line(self, text: str) -> str:
        """The signature line over a note's text."""
        made = Ed25519PrivateKey.from_private_bytes(self.secret).sign(text.encode())
        return f"{DASH}{self.name} {base64.b64encode(self.verifier.id + made).decode()}\n"


@dataclass(frozen=True)
class Checkpoint:
    """A tree's head as signed: whose, how many entries, which root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a note; Malformed where it is no checkpoint."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise Malformed("a checkpoint has an origin, a size and a root, a line each")
        root = _decoded(lines[2], "the root")
        if len(root) != HASH:
            raise Malformed("a root is 32 bytes")
        return cls(lines[0], _number(lines[1], "the size"), root)


@dataclass(frozen=True)
class Proof:
    """That an entry stands in a signed log (C2SP tlog-proof): `extra` is what the entry tells."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        extra = [f"extra {base64.b64encode(self.extra).decode()}"] if self.extra else []
        path = [base64.b64encode(one).decode() for one in self.path]
        head = "\n".join([PROOF, *extra, f"index {self.index}", *path])
        return f"{head}\n\n{self.checkpoint}"

    @classmethod
    def parse(cls, text: str) -> Proof:
        """Read a proof; Malformed where it is none."""
        _short(text)
        head, gap, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if lines.pop(0) != PROOF or not gap:
            raise Malformed(f"a proof begins with {PROOF} and ends with a checkpoint")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = _decoded(lines.pop(0)[6:], "the extra data")
        if not lines or not lines[0].startswith("index "):
            raise Malformed("the line with the index is missing")
        index = _number(lines.pop(0)[6:], "the index")
        path = tuple(_decoded(line, "a hash of the path") for line in lines)
        if any(len(one) != HASH for one in path):
            raise Malformed("a hash of the path is 32 bytes")
        return cls(index, path, checkpoint, extra)


def signed(text: str, signers: Iterable[Signer]) -> str:
    """A note: the text with a signature line of each."""
    return text + "\n" + "".join(signer.line(text) for signer in signers)


def opened(note: str, keys: Sequence[Verifier]) -> str:
    """The text of a note, if a known key signed it. Raises Malformed, or NotSigned where no known
    key did or a known key's signature is wrong; other signatures are passed over."""
    _short(note)
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise Malformed("a note ends with an empty line and its signatures")
    text += "\n"
    by_name = {(key.name, key.id): key for key in keys}
    good = 0
    for line in lines[:-1].split("\n"):
        name, found = _signature(line)
        known = by_name.get((name, found[:4]))
        if known is None:
            continue
        if not known.verifies(found[4:], text):
            raise NotSigned(f"the signature of {name} is wrong")
        good += 1
    if not good:
        raise NotSigned("none of the known keys signed this")
    return text


def _signature(line: str) -> tuple[str, bytes]:
    name, space, coded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not space or not _is_name(name):
        raise Malformed("a signature is written — name signature")
    found = _decoded(coded, "a signature")
    if len(found) < 5:
        raise Malformed("a signature is too short")
    return name, found


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(one.isspace() for one in name)


def _decoded(coded: str, what: str) -> bytes:
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(f"{what} is not base64") from None


def _number(written: str, what: str) -> int:
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise Malformed(f"{what} is not a whole number")
    if written != str(int(written)):
        raise Malformed(f"{what} has zeros before it")
    return int(written)


def _short(text: str) -> None:
    """Raise Malformed for a text too long, or with control characters other than a line end."""
    if any(one < " " and one != "\n" for one in set(text)):
        raise Malformed("control characters do not belong here")
    if len(text) > MOST:
        raise Malformed("this is too long for a note")
