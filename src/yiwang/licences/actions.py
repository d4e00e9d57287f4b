"""Every write of licences: issue, suspend, restore, revoke, take over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.identity.declarations import City
from yiwang.kernel.errors import NotFound, Refusal
from yiwang.kernel.ids import new_id
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, Change, Deed, record, record_all
from yiwang.licences.declarations import LicenceKind
from yiwang.licences.logic import last_day
from yiwang.licences.models import Licence
from yiwang.licences.numbers import next_number, next_numbers
from yiwang.pack import queries as packs
from yiwang.registers.dictionary import to_json

TABLE = "licences_licence"
NO_LICENCE = Text(zh="没有找到这张证照。", en="There is no such licence.")
MOVES: Mapping[str, frozenset[str]] = {
    "valid": frozenset({"suspended", "revoked"}),
    "suspended": frozenset({"valid", "revoked"}),
    "revoked": frozenset(),
}
_ACTS = {
    "suspended": "licence.suspended",
    "valid": "licence.restored",
    "revoked": "licence.revoked",
}
_STANDS = {
    "valid": Text(zh="这张证照有效，无需恢复。", en="This licence is valid already."),
    "suspended": Text(zh="这张证照已经暂停。", en="This licence is suspended already."),
    "revoked": Text(
        zh="这张证照已被撤销，不能再变更。", en="This licence was revoked; that cannot be changed."
    ),
}


@dataclass(frozen=True)
class Issue:
    """A licence to be issued. `holder` is a person's id, an organisation's where the kind says so.

    `fields` map element ids to values; `number` is given where the kind's pattern has no serial.
    """

    kind: LicenceKind
    holder: UUID
    fields: Mapping[str, object]
    case: UUID
    root: UUID
    number: str | None = None


def issue(
    kind: LicenceKind,
    *,
    holder: UUID,
    fields: Mapping[str, object],
    case: UUID,
    root: UUID,
    by: Actor,
    on: date,
    number: str | None = None,
    basis: str = "",
) -> Licence:
    """Issue one licence; the same case and kind again gives the licence that stands."""
    one = Issue(kind, holder, fields, case, root, number)
    return issue_all([one], by=by, on=on, basis=basis)[0]


@transaction.atomic
def issue_all(issues: Sequence[Issue], *, by: Actor, on: date, basis: str = "") -> list[Licence]:
    """Issue several licences at once, each with its act `licence.issued`, in their order.

    Exactly once per case and kind: what stands already is given back and not recorded again.
    Whoever calls holds the lock of the root case.
    """
    standing = {
        (one.case, one.kind): one
        for one in Licence.objects.filter(case__in={one.case for one in issues})
    }
    fresh = {
        (one.case, one.kind.id): _licence(one, on)
        for one in issues
        if (one.case, one.kind.id) not in standing
    }
    made = list(fresh.values())
    for licence, act in zip(made, record_all(_issued(made, by, basis)), strict=True):
        licence.act = act.id
    Licence.objects.bulk_create(made)
    found = {**standing, **fresh}
    return [found[one.case, one.kind.id] for one in issues]


def revoke(
    licence_id: UUID,
    *,
    by: Actor,
    reason: Text,
    basis: str = "",
    case: UUID | None = None,
    root: UUID | None = None,
) -> Licence:
    """End a licence for good, where another case ends it within its `root`. Raises NotFound, or
    Refusal where it was revoked before."""
    return _move(licence_id, "revoked", by=by, reason=reason, basis=basis, case=case, root=root)


def suspend(
    licence_id: UUID, *, by: Actor, reason: Text, basis: str = "", case: UUID | None = None
) -> Licence:
    """Let a licence rest. Raises NotFound, or Refusal where it is not valid."""
    return _move(licence_id, "suspended", by=by, reason=reason, basis=basis, case=case)


def restore(
    licence_id: UUID, *, by: Actor, reason: Text, basis: str = "", case: UUID | None = None
) -> Licence:
    """Let a suspended licence hold again. Raises NotFound, or Refusal where it is not suspended."""
    return _move(licence_id, "valid", by=by, reason=reason, basis=basis, case=case)


@transaction.atomic
def load_licences(kind: LicenceKind, rows: Iterable[Mapping[str, Any]], *, by: Actor) -> int:
    """Take over licences of a kind in bulk; how many.

    A row has `holder` (id), `fields`, `issued_on`; `until` only where it differs from what the
    kind's validity gives; `number` only where it was given elsewhere and cannot meet one of the
    kind's own serials. One act `licence.loaded` names the kind and how many.
    """
    pack = packs.current_hash()
    given = _numbered(kind, list(rows))
    act = record("licence.loaded", by=by, body={"kind": kind.id, "licences": len(given)})
    Licence.objects.bulk_create(
        (
            Licence(
                kind=kind.id,
                number=row["number"],
                fields=_plain(row["fields"]),
                issued_on=row["issued_on"],
                until=row.get("until", last_day(kind.valid, row["issued_on"])),
                pack=pack,
                act=act.id,
                **_holder(kind, row["holder"]),
            )
            for row in given
        ),
        batch_size=2000,
    )
    return len(given)


# ---- beats -------------------------------------------------------------------------------------


def _licence(one: Issue, on: date) -> Licence:
    return Licence(
        id=new_id(),
        kind=one.kind.id,
        number=one.number or _number(one.kind, on),
        fields=_plain(one.fields),
        issued_on=on,
        until=last_day(one.kind.valid, on),
        case=one.case,
        root=one.root,
        pack=packs.current_hash(),
        **_holder(one.kind, one.holder),
    )


def _number(kind: LicenceKind, on: date) -> str:
    return next_number(kind.number, kind=kind.id, year=on.year, region=_region())


def _numbered(kind: LicenceKind, rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The same rows, those without a number with the next of their year."""
    without = Counter(row["issued_on"].year for row in rows if "number" not in row)
    drawn = {
        year: iter(next_numbers(n, kind.number, kind=kind.id, year=year, region=_region()))
        for year, n in without.items()
    }
    return [
        row if "number" in row else {**row, "number": next(drawn[row["issued_on"].year])}
        for row in rows
    ]


def _region() -> str:
    return packs.current().only(City).region_code


def _holder(kind: LicenceKind, holder: UUID) -> dict[str, UUID]:
    return {"holder_id" if kind.holder == "person" else "organisation_id": holder}


def _plain(fields: Mapping[str, object]) -> dict[str, Any]:
    return {element: to_json(value) for element, value in fields.items()}


def _issued(made: Iterable[Licence], by: Actor, basis: str) -> list[Deed]:
    return [
        Deed(
            "licence.issued",
            by,
            about=[one.held_by],
            case=one.case,
            root=one.root,
            basis=basis,
            changes=[Change(TABLE, str(one.id), "", one.told())],
            body={"kind": one.kind, "number": one.number, "fields": one.fields},
        )
        for one in made
    ]


@transaction.atomic
def _move(
    licence_id: UUID, to: str, *, by: Actor, reason: Text, basis: str, case: UUID | None,
    root: UUID | None = None,
) -> Licence:  # fmt: skip
    licence = Licence.objects.select_for_update().filter(id=licence_id).first()
    if licence is None:
        raise NotFound(NO_LICENCE)
    if to not in MOVES[licence.state]:
        raise Refusal(_STANDS[licence.state])
    before = licence.told()
    licence.state = to
    licence.save(update_fields=["state"])
    record(
        _ACTS[to],
        by=by,
        about=[licence.held_by],
        case=case or licence.case,
        root=root or (licence.root if case is None or case == licence.case else case),
        basis=basis,
        changes=[Change(TABLE, str(licence.id), before, licence.told())],
        body={"kind": licence.kind, "number": licence.number, "reason": reason},
    )
    return licence
