"""An organisation that comes into being with a grant."""

from __future__ import annotations

from yiwang.cases.actions import NewMember
from yiwang.cases.models import Case, PartyRow
from yiwang.identity.actions import grant_mandate, organisation_for
from yiwang.identity.models import Mandate
from yiwang.identity.queries import people
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor
from yiwang.registers.grants import basis_text
from yiwang.rules import Column
from yiwang.services.at_hand import hold, join
from yiwang.services.giving import Gift
from yiwang.services.item import Item


def found_firm(
    case: Case, item: Item, gift: Gift, firm_role: str, person_role: str, by: Actor
) -> None:
    """Make the organisation a grant founds, by the code and name it was given, and let its legal
    representative act for it from today on."""
    code = gift.env[Column(firm_role, "credit_code")]
    name = gift.env[Column(firm_role, "org_name")]
    firm = organisation_for(code, name, by=by)
    join(case.root, NewMember(firm_role, 0, None, True, PartyRow.Tied.REGISTER, firm.id))
    head = hold(case.root).member(person_role)
    if head is not None and head.person is not None:
        grant_mandate(
            agent=people([head.person])[head.person],
            organisation=firm,
            ground=Mandate.Ground.LEGAL_REPRESENTATIVE,
            since=moment.today(),
            basis=basis_text(item.service.basis[0]).zh,
            by=by,
        )
