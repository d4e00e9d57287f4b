"""A pack's content as plain data: what is stored, hashed and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from yiwang.pack.declaration import KINDS, Declaration
from yiwang.pack.pack import Pack

SCHEMA_VERSION = 1
Content = dict[str, list[dict[str, Any]]]


def content_of(declarations: Mapping[str, Mapping[str, Declaration]]) -> Content:
    """Kind to its declarations in the order of the files, values that are defaults left out.

    Order is content: sections are asked and choices are shown as they were written.
    """
    return {
        kind: [
            one.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for one in declarations[kind].values()
        ]
        for kind in sorted(declarations)
        if declarations[kind]
    }


def to_bytes(content: Content) -> bytes:
    """The bytes that are stored and whose SHA-256 names the version."""
    whole = {"schema": SCHEMA_VERSION, "content": content}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def pack_bytes(pack: Pack) -> bytes:
    """A pack as the bytes that are stored."""
    return to_bytes(content_of({kind: pack.of_kind(kind) for kind in KINDS}))


def hash_of(content: Content) -> str:
    """SHA-256 of the content with its schema version, in hexadecimal."""
    return hashlib.sha256(to_bytes(content)).hexdigest()


def from_content(content: Content) -> Pack:
    """The pack with this content; pydantic.ValidationError where it does not fit the kinds."""
    declared = {
        kind: {one["id"]: KINDS[kind].model.model_validate(one) for one in listed}
        for kind, listed in content.items()
    }
    return Pack(declared, hash_of(content))


def from_bytes(data: bytes) -> Pack:
    """The pack stored as these bytes (the inverse of `to_bytes`)."""
    whole = json.loads(data)
    return from_content(whole["content"])
