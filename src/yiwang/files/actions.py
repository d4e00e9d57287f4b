"""Every write of this room: keeping, reading by an authority, erasing, sweeping."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yiwang.files import content, store
from yiwang.files.models import Document
from yiwang.files.queries import document, documents_of, open_document
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput
from yiwang.kernel.ids import new_id
from yiwang.ledger import keys
from yiwang.ledger.actions import Actor, Change, record

MEGABYTE = 1_000_000
MOST_MEGABYTES = 20
ORPHANED_AFTER = timedelta(days=1)


@transaction.atomic
def keep(
    uploaded_file: UploadedFile,
    *,
    root: UUID,
    by: Actor,
    accept: Sequence[str] = ("pdf", "jpg", "png"),
    max_mb: int = 10,
    party: str = "",
    field: str = "file",
) -> Document:
    """Check a file and keep it, encrypted under the key of its root case.

    `max_mb` is at most 20: no request carries larger files (`uploads.ONE_FILE`).

    Raises BadInput(field), naming what is wrong and what to do, for a file that is too large,
    empty, cut off, locked, of another kind than `accept`, or a picture too large to open.
    """
    data = _read(uploaded_file, field, min(max_mb, MOST_MEGABYTES))
    format = content.checked(field, data, accept)
    id = new_id()
    sealed = keys.encrypt(keys.make_key(root), data, id.bytes)
    kept = Document.objects.create(
        id=id,
        root=root,
        party=party,
        name=content.plain_name(uploaded_file.name or ""),
        media_type=content.MEDIA_TYPES[format],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        stored=store.write(id, sealed),
        by_kind=by.kind,
        by_id=by.id,
    )
    _recorded("file.kept", kept, by=by, after=kept.sha256)
    return kept


@transaction.atomic
def read_document(id: UUID, *, by: Actor, purpose: str, basis: str = "") -> bytes:
    """The plain bytes, read by an authority: one act. Raises like `queries.open_document`."""
    found = document(id)
    plain = open_document(id)
    body = {"document": str(id), "sha256": found.sha256}
    record("file.read", by=by, case=found.root, purpose=purpose, basis=basis, body=body)
    return plain


@transaction.atomic
def erase(id: UUID, *, by: Actor, basis: str = "") -> Document:
    """Erase a document: its bytes and name go, that it was there stays. Again: nothing changes."""
    found = Document.objects.select_for_update().filter(id=id).first() or document(id)
    if found.erased_at is not None:
        return found
    place, before = found.stored, found.sha256
    found.erased_at, found.name, found.stored = moment.now(), "", ""
    found.save(update_fields=["erased_at", "name", "stored"])
    _recorded("file.erased", found, by=by, before=before, basis=basis)
    transaction.on_commit(lambda: store.remove(place))
    return found


def erase_of(root: UUID, by: Actor) -> None:
    """Erase every document of a root case: part of erasing the case, each by an act of its own."""
    for one in documents_of(root):
        erase(one.id, by=by)


def sweep() -> int:
    """Remove bytes no row tells of (their transaction failed) after a day; gives how many."""
    removed = 0
    old = list(store.older_than(ORPHANED_AFTER))
    standing = Document.objects.filter(id__in=[id for id, _path in old], erased_at__isnull=True)
    known = {one.id: one.stored for one in standing}
    for id, path in old:
        if known.get(id) != path.relative_to(store.root()).as_posix():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _read(uploaded_file: UploadedFile, field: str, max_mb: int) -> bytes:
    """The bytes, never more of them than allowed."""
    limit = max_mb * MEGABYTE
    if (uploaded_file.size or 0) > limit:
        raise BadInput(field, _too_large(uploaded_file.size or 0, max_mb))
    data = bytearray()
    for chunk in uploaded_file.chunks():
        data += chunk
        if len(data) > limit:
            raise BadInput(field, _too_large(len(data), max_mb))
    return bytes(data)


def _too_large(size: int, max_mb: int) -> content.Text:
    return content.TOO_LARGE.filled(size=f"{size / MEGABYTE:.1f}", limit=max_mb)


def _recorded(
    what: str, one: Document, *, by: Actor, before: object = None, after: object = None,
    basis: str = "",
) -> None:  # fmt: skip
    change = Change.of("files_document", one.id, before=before, after=after)
    body = {"document": str(one.id), "size": one.size, "sha256": one.sha256}
    about = [UUID(one.by_id)] if one.by_kind == "person" else []
    record(what, by=by, about=about, case=one.root, basis=basis, changes=[change], body=body)
