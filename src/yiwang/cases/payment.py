"""Standing still until somebody has paid: the one way into the state *paying*."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.cases.errors import must_move
from yiwang.cases.models import Case, Task
from yiwang.cases.procedures import Due, procedure_of
from yiwang.cases.states import Progress, State, Verb
from yiwang.cases.tasks import LIVE, pause_clocks
from yiwang.kernel import moment
from yiwang.ledger.actions import Actor, record


def waits_for_payment(
    case: Case, due: Due, *, fills: Mapping[str, str] | None = None, by: Actor
) -> bool:
    """Whether something has to be paid first; then the case stands still, clocks and all, until
    each who pays has paid. The root is locked already."""
    payers = list(dict.fromkeys(procedure_of(case).bill(case, due=due, fills=fills, by=by)))
    if not payers:
        return False
    must_move(case, State.PAYING)
    office = case.tasks.filter(verb__in=(Verb.ACCEPT, Verb.DECIDE), state__in=LIVE)
    office.update(state=Progress.CANCELLED, done_at=moment.now())
    pause_clocks(case)
    case.state = State.PAYING
    case.save(update_fields=["state"])
    last = case.tasks.order_by("-round").values_list("round", flat=True).first()
    Task.objects.bulk_create(
        Task(case=case, verb=Verb.PAY, person_id=payer, round=last or 1) for payer in payers
    )
    about = {case.applicant_id, *payers}
    record("case.payment_awaited", by=by, about=about, case=case.id, root=case.root_id)
    return True
