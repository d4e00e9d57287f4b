"""For which firm: those a person may act for, and what to do where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yiwang.identity.models import Mandate, Person
from yiwang.identity.queries import mandates_of
from yiwang.kernel.words import Text
from yiwang.services.declarations import Bundle, Service
from yiwang.services.plan import Plan, plan_of

GROUNDS = {
    Mandate.Ground.LEGAL_REPRESENTATIVE: Text(
        zh="您是法定代表人", en="You are its legal representative"
    ),
    Mandate.Ground.AGENT: Text(zh="它授权您办理", en="It has authorised you"),
}


@dataclass(frozen=True)
class Firm:
    """A firm a person may act for, and on what ground."""

    id: UUID
    name: str
    credit_code: str
    ground: Text


@dataclass(frozen=True)
class Choosing:
    """For which firm to begin; `elsewhere` are firms one acts for, but not in this matter;
    `founding` are matters by which a firm comes into being."""

    plan: Plan
    role: str
    firms: tuple[Firm, ...]
    elsewhere: tuple[Firm, ...]
    founding: tuple[Bundle | Service, ...]


def choosing(plan: Plan, role: str, person: Person) -> Choosing:
    """The firms this person may begin a matter for."""
    may: dict[UUID, Firm] = {}
    others: dict[UUID, Firm] = {}
    for mandate in mandates_of(person):
        firm = mandate.organisation
        if firm is not None:
            ground = GROUNDS[Mandate.Ground(mandate.ground)]
            reaches = not mandate.scope or plan.id in mandate.scope
            (may if reaches else others).setdefault(
                firm.id, Firm(firm.id, firm.name, firm.credit_code or "", ground)
            )
    elsewhere = tuple(firm for id, firm in others.items() if id not in may)
    founding = () if may else _founding(plan)
    return Choosing(plan, role, tuple(may.values()), elsewhere, founding)


def _founding(plan: Plan) -> tuple[Bundle | Service, ...]:
    """What makes a firm, bundles first."""
    bundles = [
        bundle
        for bundle in plan.pack.all(Bundle).values()
        if any(item.founds for item in plan_of(plan.pack, bundle.id, "bundle").items)
    ]
    services = [one for one in plan.pack.all(Service).values() if one.result.founds]
    return tuple(bundles or services)
