"""Every write on cases, one file per verb."""

from yiwang.cases.actions.accept import accept, refuse_to_accept
from yiwang.cases.actions.ask_more import ask_more, supplied
from yiwang.cases.actions.claim import claim, hand_over, put_back
from yiwang.cases.actions.conclude import conclude
from yiwang.cases.actions.confirm import confirm, decline, lapse, remind
from yiwang.cases.actions.convene import convene
from yiwang.cases.actions.decide import decide, grant_by_rule
from yiwang.cases.actions.draft import (
    NewFact,
    NewMember,
    discard_draft,
    give_paper,
    open_draft,
    put_facts,
    put_members,
    set_facts_aside,
    take_back_paper,
)
from yiwang.cases.actions.erase import (
    ask_erasure,
    confirm_erasure,
    confirm_erasure_of,
    refuse_erasure,
)
from yiwang.cases.actions.extend import extend
from yiwang.cases.actions.open_task import open_case, open_task
from yiwang.cases.actions.opine import opine
from yiwang.cases.actions.pay import payments_came
from yiwang.cases.actions.rate import finish_rework, rate
from yiwang.cases.actions.submit import ItemSpec, ReviewSpec, release, submit_case, try_again
from yiwang.cases.actions.verify import open_verification, verify
from yiwang.cases.actions.withdraw import withdraw

__all__ = [
    "ItemSpec",
    "NewFact",
    "NewMember",
    "ReviewSpec",
    "accept",
    "ask_erasure",
    "ask_more",
    "claim",
    "conclude",
    "confirm",
    "confirm_erasure",
    "confirm_erasure_of",
    "convene",
    "decide",
    "decline",
    "discard_draft",
    "extend",
    "finish_rework",
    "give_paper",
    "grant_by_rule",
    "hand_over",
    "lapse",
    "open_case",
    "open_draft",
    "open_task",
    "open_verification",
    "opine",
    "payments_came",
    "put_back",
    "put_facts",
    "put_members",
    "rate",
    "refuse_erasure",
    "refuse_to_accept",
    "release",
    "remind",
    "set_facts_aside",
    "submit_case",
    "supplied",
    "take_back_paper",
    "try_again",
    "verify",
    "withdraw",
]  # fmt: skip
