"""Erasing what is known of a root case, where the law wants it: in the database, in every copy, and
again in whatever is restored from an old backup.

The root's key is emptied, so that bodies of acts and documents are unreadable wherever they lie;
what lies in plain columns each room clears by itself (`FORGETS`). Acts, their digests and their
proofs stand. What was erased is also written outside the database (`LEDGER_ROOT/erased`), and
`reapply` compares the two at every start.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yiwang.kernel import moment
from yiwang.kernel.registry import Registry
from yiwang.ledger import keys
from yiwang.ledger.actions import Actor, Change, record
from yiwang.ledger.models import Act, RootKey

FORGETS: Registry[Callable[[UUID, Actor], None]] = Registry("room that forgets a root case")
"""What each room clears of a root case: called before the key goes, in the same transaction."""
AGAIN = Actor("job", "ledger.reapply")


@dataclass(frozen=True)
class Erased:
    """One line outside the database: which root was erased, when (ISO 8601), on which law."""

    root: str
    at: str
    basis: str


@transaction.atomic
def erase(root: UUID, *, by: Actor, basis: str, about: Iterable[UUID] = ()) -> bool:
    """Erase a root case: False, and nothing happens, where it was erased before.

    One act (`case.erased`) tells of it; whoever calls decides whether it may be. ValueError for
    the key of what belongs to no case.
    """
    if root == keys.CITY:
        raise ValueError("what belongs to no case is not erased with one")
    for _name, forget in FORGETS.items():
        forget(root, by)
    if not keys.erase_key(root):
        return False
    change = Change.of("ledger_rootkey", root, before="key")
    record("case.erased", by=by, about=about, case=root, basis=basis, changes=[change])
    line = Erased(str(root), moment.real_now().isoformat(), basis)
    transaction.on_commit(lambda: _write([line]))
    return True


def reapply() -> int:
    """Erase again what an old backup brought back, and write outside what is missing there; how
    many roots were erased again. Run at every start, before anybody is served."""
    outside = {UUID(one.root): one for one in erased_outside()}
    erased = RootKey.objects.filter(root__in=outside, erased_at=None)
    back = list(erased.values_list("root", flat=True))
    for root in back:
        subjects = {one for act in Act.objects.filter(root=root) for one in act.subjects}
        erase(root, by=AGAIN, basis=outside[root].basis, about=subjects)
    _write(_missing(set(outside)))
    return len(back)


def is_erased(root: UUID) -> bool:
    """Whether what was known of a root case was erased."""
    return RootKey.objects.filter(root=root).exclude(erased_at=None).exists()


# ---- outside the database ----------------------------------------------------------------------


def erased_path() -> Path:
    """The file that tells, outside the database, what was erased."""
    return Path(settings.LEDGER_ROOT) / "erased"


def erased_outside() -> Iterator[Erased]:
    """Every line that was written whole."""
    if not erased_path().exists():
        return
    for line in erased_path().read_text().splitlines():
        try:
            yield Erased(**json.loads(line))
        except (ValueError, TypeError):
            continue  # cut off by a crash; the row it was to tell of writes it again


def _missing(known: set[UUID]) -> list[Erased]:
    gone = RootKey.objects.exclude(erased_at=None).exclude(root__in=known)
    bases = dict(
        Act.objects.filter(what="case.erased", case__in=gone.values("root")).values_list(
            "case", "basis"
        )
    )
    return [
        Erased(str(key.root), key.erased_at.isoformat(), bases.get(key.root, ""))
        for key in gone
        if key.erased_at
    ]


def _write(lines: list[Erased]) -> None:
    if not lines:
        return
    path = erased_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    told = "".join(f"{json.dumps(asdict(line), ensure_ascii=False)}\n" for line in lines)
    begin = "" if not path.exists() or path.read_bytes()[-1:] in (b"", b"\n") else "\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(f"{begin}{told}".encode())
        file.flush()
        os.fsync(file.fileno())
