"""What a one-time code is: six digits that follow from a secret of ours and a random salt."""

from __future__ import annotations

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6


def digits_of(id: UUID, salt: str) -> str:
    """The six digits of a code. They can be worked out again, so they are written down nowhere."""
    value = int(
        salted_hmac("yiwang.code.digits", id.hex + salt, algorithm="sha256").hexdigest(), 16
    )
    return f"{value % 10**DIGITS:0{DIGITS}d}"


def hash_of(salt: str, digits: str, digest: str) -> str:
    """The keyed hash of a code together with the digest of the text being signed."""
    return salted_hmac("yiwang.code.hash", salt + digits + digest, algorithm="sha256").hexdigest()


def fits(given: str, *, salt: str, digest: str, hash: str) -> bool:
    """Whether the digits given are those of this code for this digest."""
    plain = "".join(given.split())
    return constant_time_compare(hash_of(salt, plain, digest), hash)
