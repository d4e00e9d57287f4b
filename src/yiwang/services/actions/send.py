"""Sending a draft: everything is checked once more, signed, and becomes cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.cases import roots
from yiwang.cases.actions import ItemSpec, ReviewSpec, submit_case, try_again
from yiwang.cases.consents import Signer
from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case, PartyRow
from yiwang.cases.snapshot import sent_before
from yiwang.cases.states import State
from yiwang.identity.queries import agents_of
from yiwang.kernel.canonical import digest as digest_of
from yiwang.kernel.errors import BadInput, Refusal
from yiwang.kernel.words import Text
from yiwang.ledger import keys
from yiwang.ledger.actions import Actor
from yiwang.ledger.together import together
from yiwang.notices.actions import Tiding, send_code, standing_codes, tell_many, try_code
from yiwang.registers.grants import basis_text
from yiwang.services import jobs
from yiwang.services.agreeing import signer, signers_of, still_to_ask
from yiwang.services.asking import is_complete
from yiwang.services.in_the_way import unfound
from yiwang.services.item import APPLICANT
from yiwang.services.matter import Matter, Standing
from yiwang.services.plan import Plan
from yiwang.services.projects import must_run
from yiwang.services.queries import load, load_with, plan_for
from yiwang.services.succession import broken
from yiwang.services.summary import summary_digest

SIGN = "sign"
INCOMPLETE = Text(
    zh="还有问题没答或材料没传，暂时不能提交。请回到填写页补齐，已填的都还在。",
    en="Some questions or documents are still open, so this cannot be sent yet. Go back and "
    "complete them; what you gave is kept.",
)
NOTHING_APPLIES = Text(
    zh="按您的回答，没有可以办理的事项。请检查回答，或拨打热线询问。",
    en="By your answers no item applies. Check them, or call the hotline.",
)
WRONG_CODE = Text(
    zh="验证码不对或已过期。请核对短信里的6位数字，或重新获取。",
    en="This code is wrong or has run out. Check the six digits in the message, or get a new one.",
)
SENT_BEFORE = Text(
    zh="这件事已经申请过了，办件号 {number}，不用再交一次。请到「我的办件」查看进度。",
    en="This was applied for already, number {number}, and need not be sent again. See how it "
    "stands under “My matters”.",
)
SENT = Text(zh="已收到：{title}", en="Received: {title}")
SENT_TEXT = Text(
    zh="您的「{title}」已收到，办件号 {number}。各部门同时办理，每一步都会通知您。",
    en="We have received “{title}”, number {number}. The offices work at the same time and you "
    "will hear of each step.",
)
PLEASE_CONFIRM = Text(zh="请您确认：{title}", en="Please confirm: {title}")
PLEASE_CONFIRM_TEXT = Text(
    zh="有人申请「{title}」（{number}）时写明您是其中一方。请登录后确认是否同意；您不确认，与您有关的事项不会办理。",
    en="Someone applying for “{title}” ({number}) named you as a party. Sign in and say whether "
    "you agree; without you the items that concern you will not go on.",
)


def needs_signature(matter: Matter) -> bool:
    """Whether some item that applies wants the applicant's signature."""
    return any(
        APPLICANT in standing.item.signers or _applicant(matter) in standing.item.signers
        for standing in matter.standings
        if standing.applies
    )


def _applicant(matter: Matter) -> str:
    return next((m.role for m in matter.members if m.tied == PartyRow.Tied.APPLICANT), "")


def ask_signature(root: Case, person: UUID | None = None) -> None:
    """Send the applicant (or whoever acts for the firm) a one-time code bound to the digest of
    what is being sent."""
    send_code(person or root.applicant_id, SIGN, summary_digest(load(root)))


def send(case_id: UUID, *, key: str, code: str, by: Actor) -> Case:
    """Send a draft. The same `key` again answers the first result, nothing happens twice.

    Raises BadInput("code") for a wrong signature code (counted even though nothing is sent),
    Refusal where something is open or nothing applies, OutOfOrder where it was sent already.
    """
    with transaction.atomic():
        sent = _send(roots.locked_root(case_id), key=key, code=code, by=by)
    if sent is None:
        raise BadInput("code", WRONG_CODE)
    return sent


def send_own(number: str, person: UUID, *, key: str, code: str, by: Actor) -> Case:
    """`send` by number; NotFound where the draft is not this person's."""
    with transaction.atomic():
        root = roots.locked_own_root(number, person)
        sent = _send(root, key=key, code=code, by=by)
    if sent is None:
        raise BadInput("code", WRONG_CODE)
    return sent


def _send(root: Case, *, key: str, code: str, by: Actor) -> Case | None:
    """None for a wrong code: that it was tried is all that is committed then."""
    key = digest_of([root.number, key])  # the same key sent for another matter is another key
    if root.key == key:
        return root
    if root.state != State.DRAFT:
        raise OutOfOrder(root)
    signer = UUID(by.id) if by.kind == "person" else root.applicant_id
    with together():
        matter, before, codes = _look(root, signer)
        digest, signed = summary_digest(matter), needs_signature(matter)
        if signed and not try_code(codes, digest, code):
            return None
        specs = still_to_ask(root, specs_of(matter, _ready(matter, before)))
        submit_case(
            root, specs, by=by, key=key, promise=matter.plan.promise,
            joint=matter.plan.joint.limit if matter.plan.joint else None,
            review=_review(matter.plan),
            body={"digest": digest, "signed": signed},
        )  # fmt: skip
        _tell_sender(root, matter, signer)
        _ask_to_confirm(root, matter, specs)
        if any(spec.instant for spec in specs):
            jobs.decide_soon(root.id)
    return root


def _look(root: Case, signer: UUID) -> tuple[Matter, str | None, Any]:
    """All that sending reads once its root is held, by one statement: the matter, the number of
    the same thing sent before (for the same newborn: whoever the items are `per`), the codes."""
    roles = {item.per for item in plan_for(root).items if item.per}
    matter, (before, codes, wrapped) = load_with(
        root,
        sent_before(root, roles),
        standing_codes(signer, SIGN),
        keys.standing_key(root.id),
    )
    keys.hand(root.id, wrapped)
    return matter, before, codes


def _tell_sender(root: Case, matter: Matter, signer: UUID) -> None:
    text, subject = _words(root, matter, SENT_TEXT, SENT)
    tell_many([Tiding(signer, text, subject, root.id, f"/my/matters/{root.number}/")])


def _review(plan: Plan) -> ReviewSpec | None:
    """The meeting of the departments, where the bundle declares one."""
    if plan.review is None:
        return None
    declared = plan.review
    basis = basis_text(declared.basis).zh
    return ReviewSpec(declared.title, declared.items, declared.within, basis)


def _ready(matter: Matter, before: str | None) -> list[Standing]:
    """The items that apply, once nothing is open, nobody sent the same before and the days a
    person gave follow each other (what registers tell in the wrong order, an office mends)."""
    if not is_complete(matter):
        raise Refusal(INCOMPLETE)
    standings = [standing for standing in matter.standings if standing.applies]
    if not standings:
        raise Refusal(NOTHING_APPLIES)
    if missing := unfound(matter):
        raise Refusal(missing)
    if before:
        raise Refusal(SENT_BEFORE.filled(number=before))
    for standing in standings:
        for one, text in broken(matter, standing.item, standing.index):
            if one.said_by_a_person(matter, standing.item, standing.index):
                raise Refusal(text)
    return standings


def specs_of(matter: Matter, standings: Sequence[Standing]) -> list[ItemSpec]:
    """The cases to open: one for each item and instance that applies."""
    return [spec_of(matter, standing, standings) for standing in standings]


def spec_of(matter: Matter, standing: Standing, standings: Sequence[Standing]) -> ItemSpec:
    """One item as a case about to be opened."""
    item = standing.item
    people = tuple(
        member.who
        for role in item.roles.values()
        for at in matter.indexes_for(item, role, standing.index)
        if (member := matter.member(role, at)) and member.who
    )
    return ItemSpec(
        what=item.id,
        department=item.service.department,
        role=item.per or "",
        index=standing.index,
        steps=item.service.steps,
        promised=item.limit,
        statutory=item.service.limits.statutory,
        basis="；".join(basis.law.zh + basis.article for basis in item.service.basis),
        after=tuple(n for n, other in enumerate(standings) if _waits(matter, standing, other)),
        confirmed_by=tuple(signer(matter, one) for one in signers_of(matter, standing)),
        about=people,
        instant=item.instant is not None,
    )


def _waits(matter: Matter, standing: Standing, other: Standing) -> bool:
    """Whether `standing` needs what `other` gives: the same child's, unless one is for all."""
    one, two = standing.item, other.item
    edges = {(wait.item, wait.after) for wait in matter.plan.waits}
    if (one.id, two.id) not in edges:
        return False
    return not (one.per and one.per == two.per) or standing.index == other.index


def _words(root: Case, matter: Matter, *texts: Text) -> list[Text]:
    values = {"title": matter.plan.title, "number": root.number}
    return [text.filled(**values) for text in texts]


def _ask_to_confirm(root: Case, matter: Matter, specs: Sequence[ItemSpec]) -> None:
    text, subject = _words(root, matter, PLEASE_CONFIRM_TEXT, PLEASE_CONFIRM)
    asked = {one.who: one for spec in specs for one in spec.confirmed_by}.values()
    link = f"/my/confirm/{root.number}/"
    others = [
        Tiding(person, text, subject, root.id, link, urgent=True)
        for one in asked
        for person in ([one.person] if one.person else _agents(root, one))
    ]
    tell_many(others)


def _agents(root: Case, firm: Signer) -> list[UUID]:
    """Who is told of what a firm is asked: whoever represents it."""
    return agents_of(firm.organisation, root.what)[:1] if firm.organisation else []


@transaction.atomic
def again(case_id: UUID, *, by: Actor) -> Case:
    """Have one item examined again, alone, after what stood against it was mended."""
    old = roots.case_with_root(case_id)
    root = roots.locked_root(old.root_id)
    must_run(root)
    matter = load(root)
    if not is_complete(matter):
        raise Refusal(INCOMPLETE)
    standing = matter.standing(matter.plan.by_id[old.what], old.index)
    siblings = list(root.children.exclude(pk=old.id).order_by("round"))
    latest = {(one.what, one.index): one for one in siblings}
    before = [
        latest[wait.after, old.index if matter.plan.by_id[wait.after].per else 0].id
        for wait in matter.plan.waits
        if wait.item == old.what
        and (wait.after, old.index if matter.plan.by_id[wait.after].per else 0) in latest
    ]
    (spec,) = still_to_ask(root, [spec_of(matter, standing, [])])
    case = try_again(old.id, spec, before, by=by, digest=summary_digest(matter))
    _ask_to_confirm(root, matter, [spec])
    if standing.item.instant is not None:
        jobs.decide_soon(root.id)
    return case
