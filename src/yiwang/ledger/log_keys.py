"""Keys that sign checkpoints: made, rotated, retired; at rest under the city's master key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id
from yiwang.ledger import keys
from yiwang.ledger.models import Log, LogKey
from yiwang.ledger.note import Signer, Verifier


def make(log: Log) -> LogKey:
    """A new key for a log; from now on it signs beside those that are there."""
    key = Ed25519PrivateKey.generate()
    id = new_id()
    return LogKey.objects.create(
        id=id, log=log, public=key.public_key().public_bytes_raw(),
        wrapped=keys.wrap(key.private_bytes_raw(), id.bytes), made_at=moment.real_now(),
    )  # fmt: skip


def signers(log: Log) -> list[Signer]:
    """The keys that sign now, the oldest first."""
    return [
        Signer(log.origin, keys.unwrap(bytes(key.wrapped), key.id.bytes)) for key in _standing(log)
    ]


def verifiers(log: Log) -> list[Verifier]:
    """Every public key the log ever had, the oldest first: old checkpoints stay true."""
    return [Verifier(log.origin, bytes(key.public)) for key in log.keys.order_by("made_at")]


def current(log: Log) -> list[Verifier]:
    """The public keys that sign now."""
    return [Verifier(log.origin, bytes(key.public)) for key in _standing(log)]


def _standing(log: Log) -> list[LogKey]:
    return list(log.keys.filter(retired_at=None).order_by("made_at"))
