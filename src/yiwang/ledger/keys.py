"""Encryption of bodies and documents, one key per root case, wrapped under the master key."""

from __future__ import annotations

import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from yiwang.kernel import moment
from yiwang.kernel.errors import Defect
from yiwang.ledger.models import RootKey
from yiwang.ledger.statement import Part, look
from yiwang.ledger.together import keep, kept

NONCE = 12
CITY = UUID(int=0)  # acts that belong to no case
STANDING = """
    -- The wrapped key of a root case; empty where it was erased.
    SELECT to_json(encode(wrapped, 'hex')) FROM ledger_rootkey WHERE root = %(root)s
"""


def _master() -> AESGCM:
    return AESGCM(bytes.fromhex(settings.MASTER_KEY))


@lru_cache(maxsize=4096)
def _unwrapped(root: UUID, wrapped: bytes) -> AESGCM:
    try:
        return AESGCM(_master().decrypt(wrapped[:NONCE], wrapped[NONCE:], root.bytes))
    except InvalidTag as error:
        raise Defect("the master key does not open this root's key") from error


def key_of(root: UUID | None) -> AESGCM | None:
    """The key of a root case (None: of the city); None where it was erased or never made."""
    row = RootKey.objects.filter(root=root or CITY, erased_at=None).first()
    return _unwrapped(row.root, bytes(row.wrapped)) if row else None


def standing_key(root: UUID) -> Part:
    """The wrapped key of a root case, asked along with other things: see `hand`."""
    return Part(STANDING, {"root": root})


def hand(root: UUID, told: str | None) -> None:
    """What `standing_key` told is at hand for the acts at the end of the block (`together`)."""
    keep((STANDING, root), told)


def make_key(root: UUID | None) -> AESGCM:
    """The key of a root case, made where there is none."""
    root = root or CITY
    if standing := kept((STANDING, root)) or look(standing_key(root))[0]:
        return _unwrapped(root, bytes.fromhex(standing))
    nonce = os.urandom(NONCE)
    fresh = nonce + _master().encrypt(nonce, AESGCM.generate_key(256), root.bytes)
    row, _ = RootKey.objects.get_or_create(
        root=root, defaults={"wrapped": fresh, "created_at": moment.real_now()}
    )
    if row.erased_at:  # of an erased root only columns and digests are kept: nobody has this key
        return AESGCM(AESGCM.generate_key(256))
    return _unwrapped(root, bytes(row.wrapped))


def erase_key(root: UUID) -> bool:
    """Empty the key of a root case for good; False where there was none or it was erased before.
    Part of erasing a root: `erasure.erase` records the act."""
    standing = RootKey.objects.filter(root=root, erased_at=None)
    return standing.update(wrapped=b"", erased_at=moment.real_now()) == 1


def wrap(secret: bytes, context: bytes) -> bytes:
    """A secret of the city itself under its master key: nonce + AES-256-GCM."""
    return encrypt(_master(), secret, context)


def unwrap(wrapped: bytes, context: bytes) -> bytes:
    """A secret that was wrapped; Defect where this is not the master key it was wrapped under."""
    return decrypt(_master(), wrapped, context)


def encrypt(key: AESGCM, plain: bytes, context: bytes) -> bytes:
    """Nonce + AES-256-GCM of `plain`, bound to `context` (an act's or a file's id)."""
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, plain, context)


def decrypt(key: AESGCM, sealed: bytes, context: bytes) -> bytes:
    """What `encrypt` was given; Defect where key, context or bytes are not the same."""
    try:
        return key.decrypt(sealed[:NONCE], sealed[NONCE:], context)
    except InvalidTag as error:
        raise Defect("sealed bytes do not open under their key") from error
