"""What must hold of services and bundles, beyond their shape. Pure over a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yiwang.catalogue.declarations import Elements
from yiwang.catalogue.quality import judged
from yiwang.kernel.words import Text
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.declaration import KINDS, Kind, Problem
from yiwang.pack.pack import Pack
from yiwang.rules import Column, RuleFault
from yiwang.services import order
from yiwang.services.course import CoursePlan, course_plan
from yiwang.services.declarations import Bundle, Course, Service
from yiwang.services.guides import FREE, guide_to
from yiwang.services.item import APPLICANT, CASE
from yiwang.services.plan import EXISTS, Plan, read_plan


def declare_kinds() -> None:
    """Make the kinds of this room known, with these checks."""
    if "service" not in KINDS:
        service = Text(zh="事项", en="service item")
        bundle = Text(zh="一件事", en="bundle")
        course = Text(zh="分阶段办理的项目", en="course of stages")
        KINDS.add("course", Kind("course", "courses", Course, course, check_courses))
        KINDS.add("service", Kind("service", "services", Service, service, check_services))
        KINDS.add("bundle", Kind("bundle", "bundles", Bundle, bundle, check_bundles))


def check_services(pack: Pack) -> Iterator[Problem]:
    """Each service alone: its rules, parties, limits, and whether every value can be had."""
    for service in pack.all(Service).values():
        yield from _names(service)
        yield from _limits(service)
        yield from _charges(service)
        yield from _holder(pack, service)
        yield from _quality(pack, service)
        yield from _plan(pack, service.id, "service")


def check_bundles(pack: Pack) -> Iterator[Problem]:
    """Each bundle: who plays whom, what contradicts, the order and the promise."""
    for bundle in pack.all(Bundle).values():
        faults = [*_casting(pack, bundle), *_reviewed(pack, bundle)]
        yield from faults
        if not faults:
            yield from _plan(pack, bundle.id, "bundle")


def check_courses(pack: Pack) -> Iterator[Problem]:
    """Stages follow from what is needed: nothing waits for a later stage, each item stands in
    one stage, the first gives the code."""
    for course in pack.all(Course).values():
        try:
            whole = course_plan(pack, course.id)
            order.levels(list(whole.items.values()), whole.waits)
        except (order.Circle, RuleFault) as fault:
            yield _problem(
                "course", course.id, ("stages",), "circle", str(fault), str(fault),
                "先改正各阶段的事项。", "Mend the items of the stages first.",
            )  # fmt: skip
            continue
        yield from _stages(course, whole)


def _stages(course: Course, whole: CoursePlan) -> Iterator[Problem]:
    code = Column(course.party, course.code)
    if code not in whole.stages[0].outputs:
        yield _problem(
            "course", course.id, ("code",), "code",
            f"第一阶段没有事项给出「{code}」。", f"No item of the first stage gives “{code}”.",
            "在第一阶段某个事项的 result.produces 里写上它。",
            "Let an item of the first stage produce it.",
        )  # fmt: skip
    every = [item.id for plan in whole.stages for item in plan.items]
    for id in sorted({one for one in every if every.count(one) > 1}):
        yield _problem(
            "course", course.id, ("stages",), "twice",
            f"「{id}」在两个阶段里都有。", f"“{id}” stands in two stages.",
            "只留一个阶段。", "Leave it in one of them.",
        )  # fmt: skip
    for wait in whole.waits:
        if whole.place_of[wait.item] < whole.place_of[wait.after]:
            yield _problem(
                "course", course.id, ("stages",), "later-stage",
                f"「{wait.item}」要等后面阶段的「{wait.after}」。",
                f"“{wait.item}” waits for “{wait.after}” of a later stage.",
                "把它挪到后面的阶段，或去掉这个依赖。",
                "Move it to that stage, or drop what it needs.",
            )  # fmt: skip


def _plan(pack: Pack, id: str, kind: str) -> Iterator[Problem]:
    try:
        plan, faults = read_plan(pack, id, kind)
    except order.Circle as circle:
        loop = " → ".join(circle.items)
        yield _problem(
            kind, id, ("items",), "circle",
            f"这些事项互相等待，谁也办不成：{loop}。", f"These items wait for each other: {loop}.",
            "去掉其中一项对另一项结果的依赖。", "Remove one item's need of another's result.",
        )  # fmt: skip
        return
    except RuleFault as fault:
        yield _problem(
            kind, id, (), "rule", str(fault), str(fault),
            "先改正数据元的 derive。", "Mend the element's derive first.",
        )  # fmt: skip
        return
    if kind == "service":
        yield from faults
    if faults:
        return
    yield from _sources(plan)
    yield from _bounds(plan)
    if kind == "bundle":
        yield from _promise(plan)


def _problem(
    kind: str, id: str, path: tuple[str | int, ...], code: str, zh: str, en: str,
    mend_zh: str, mend_en: str, *, finding: bool = False,
) -> Problem:  # fmt: skip
    return Problem(
        kind=kind, id=id, path=path, code=code, what=Text(zh=zh, en=en),
        remedy=Text(zh=mend_zh, en=mend_en), severity="finding" if finding else "error",
    )  # fmt: skip


def _names(service: Service) -> Iterator[Problem]:
    """Names that must be parties of the item."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("applicant", n), name) for n, name in enumerate(service.applicant)
    ]
    named += [
        (("signed_by", n), name) for n, name in enumerate(service.signed_by) if name != APPLICANT
    ]
    named += [(("charges", n, "payer"), one.payer) for n, one in enumerate(service.charges)]
    named += [(("materials", n, "of"), one.of) for n, one in enumerate(service.materials)]
    if service.per:
        named.append((("per",), service.per))
    if service.result.holder:
        named.append((("result", "holder"), service.result.holder))
    for firm, person in service.result.founds.items():
        named += [(("result", "founds", firm), name) for name in (firm, person)]
    for ward, guardians in service.result.guardians.items():
        named += [(("result", "guardians", ward), name) for name in (ward, *guardians)]
    known = "、".join(service.parties)
    for path, name in named:
        if name not in service.parties:
            yield _problem(
                "service", service.id, path, "party",
                f"「{name}」不是本事项的当事方。", f"“{name}” is not a party of this item.",
                f"写成其中之一：{known}；或先在 parties 里声明。",
                f"Use one of {', '.join(service.parties)}, or declare it under parties.",
            )  # fmt: skip
    if service.result.licence and not service.result.holder:
        yield _problem(
            "service", service.id, ("result", "licence"), "holder",
            "结果证照没有写持有人。", "The resulting licence has no holder.",
            "在 result 下写 holder。", "Write holder under result.",
        )  # fmt: skip


def _holder(pack: Pack, service: Service) -> Iterator[Problem]:
    """Whoever is given a licence must be of the sort that may hold its kind."""
    kind = pack.all(LicenceKind).get(service.result.licence or "")
    party = service.parties.get(service.result.holder or "")
    if kind and party and party.kind != kind.holder:
        yield _problem(
            "service", service.id, ("result", "holder"), "holder",
            f"持有人「{service.result.holder}」和证照 {kind.id} 的持有人类型不一致。",
            f"“{service.result.holder}” is not of the sort that holds the licence {kind.id}.",
            f"给 {party.kind} 的证照，在证照类型里写 holder: {party.kind}。",
            f"For a licence of a {party.kind} write holder: {party.kind} in the licence kind.",
        )  # fmt: skip


def _limits(service: Service) -> Iterator[Problem]:
    promised, statutory = service.limits.promised, service.limits.statutory
    if order.working_days(promised) > order.working_days(statutory):
        yield _problem(
            "service", service.id, ("limits", "promised"), "limit",
            f"承诺时限 {promised.days} 天长于法定时限 {statutory.days} 天。",
            f"The promised limit of {promised.days} days exceeds the statutory {statutory.days}.",
            "承诺不得长于法定，改短承诺时限。",
            "Shorten the promise to the statutory limit or less.",
        )  # fmt: skip

    extension = service.limits.extension
    if extension and extension.count != statutory.count:
        yield _problem(
            "service", service.id, ("limits", "extension"), "limit",
            "延长的天数和法定时限的算法不一样（工作日、自然日）。",
            "The extension is counted in other days than the statutory limit.",
            "改成同一种算法；《行政许可法》规定的期限都按工作日算。",
            "Count both alike; the Administrative Licence Law counts working days.",
        )  # fmt: skip


def _charges(service: Service) -> Iterator[Problem]:
    """What is said of the cost and what is charged agree, and each charge can come due."""
    free = service.fee is None or service.fee.zh in FREE
    if service.charges and free:
        yield _problem(
            "service", service.id, ("charges",), "fee",
            "声明了收费（charges），fee 却没写或写着不收费。",
            "There are charges, yet fee is missing or says that it is free.",
            "在 fee 里用一句话写明谁缴、缴多少。", "Say in fee who pays how much, in one sentence.",
        )  # fmt: skip
    ids = [charge.id for charge in service.charges]
    for n, charge in enumerate(service.charges):
        if charge.id in ids[:n]:
            yield _problem(
                "service", service.id, ("charges", n, "id"), "charge-twice",
                f"收费「{charge.id}」写了两次。", f"The charge “{charge.id}” is there twice.",
                "换一个 id。", "Give one of them another id.",
            )  # fmt: skip
        party = service.parties.get(charge.payer)
        if party is not None and party.kind == "thing":
            yield _problem(
                "service", service.id, ("charges", n, "payer"), "payer",
                f"「{charge.payer}」不是人，缴不了费。",
                f"“{charge.payer}” is a thing and cannot pay.",
                "写成缴费的那一方。", "Name the party who pays.",
            )  # fmt: skip
        if charge.due == "on-acceptance" and "accept" not in service.steps:
            yield _problem(
                "service", service.id, ("charges", n, "due"), "due",
                "没有受理这一步，不能在受理时缴费。",
                "There is no accepting, so nothing is due on it.",
                "写 before-issue，或在 steps 里加 accept。",
                "Write before-issue, or add accept to steps.",
            )  # fmt: skip


def _quality(pack: Pack, service: Service) -> Iterator[Problem]:
    """Findings: what a provincial checker would find wrong with the guide. What the department
    declares (its numbers, its hours) is told of the department, once."""
    for verdict in judged(guide_to(pack, service)):
        if verdict.state != "failed" or verdict.criterion in _TOLD_ELSEWHERE:
            continue
        own = getattr(service.guide, verdict.field, None) is not None
        if verdict.criterion == "phones" and not own:
            continue
        of_office = verdict.field in ("address", "hours") and not own
        yield Problem(
            kind="department" if of_office else "service",
            id=service.department if of_office else service.id,
            path=(verdict.field,) if of_office else _PLACES.get(verdict.field, ()),
            what=verdict.what or Text(zh="", en=""),
            remedy=verdict.remedy or Text(zh="", en=""),
            severity="finding",
            code=verdict.criterion,
        )


_TOLD_ELSEWHERE = ("within-the-law",)  # an error of its own: see _limits
_PLACES: dict[str, tuple[str, ...]] = {
    "promised": ("limits", "promised"),
    "statutory": ("limits", "statutory"),
    "visits": ("visits",),
    "fee": ("fee",),
    **{name: ("guide", name) for name in Elements.model_fields},
}


def _casting(pack: Pack, bundle: Bundle) -> Iterator[Problem]:
    for n, entry in enumerate(bundle.items):
        service = pack.all(Service).get(entry.service)
        if service is None:
            continue
        for own in entry.as_:
            if own not in service.parties:
                yield _problem(
                    "bundle", bundle.id, ("items", n, "as", own), "party",
                    f"事项「{service.id}」没有当事方「{own}」。",
                    f"The item “{service.id}” has no party “{own}”.",
                    f"它的当事方是：{'、'.join(service.parties)}。",
                    f"Its parties are: {', '.join(service.parties)}.",
                )  # fmt: skip
        for own in service.parties:
            if entry.as_.get(own, own) not in bundle.parties:
                yield _problem(
                    "bundle", bundle.id, ("items", n), "who-is-who",
                    f"没有说明事项「{service.id}」的「{own}」在这里是谁。",
                    f"Nothing says who plays “{own}” of the item “{service.id}”.",
                    f"在 parties 里声明「{own}」，或在 as 里写明由谁担任"
                    f"（{'、'.join(bundle.parties)}）。",
                    f"Declare “{own}” under parties, or say under as who it is: "
                    f"one of {', '.join(bundle.parties)}.",
                )  # fmt: skip
        if entry.within and order.working_days(entry.within) > order.working_days(
            service.limits.statutory
        ):
            yield _problem(
                "bundle", bundle.id, ("items", n, "within"), "limit",
                "within 长于该事项的法定时限。", "within exceeds the item's statutory limit.",
                f"改为不超过 {service.limits.statutory.days} 天。",
                f"Use at most {service.limits.statutory.days} days.",
            )  # fmt: skip


def _reviewed(pack: Pack, bundle: Bundle) -> Iterator[Problem]:
    """What is reviewed jointly must be an item of the bundle, and decided by people."""
    known = [entry.service for entry in bundle.items]
    for n, id in enumerate(bundle.review.items if bundle.review else ()):
        service = pack.all(Service).get(id)
        if id not in known:
            yield _problem(
                "bundle", bundle.id, ("review", "items", n), "review",
                f"「{id}」不在这件事的事项里。", f"“{id}” is not an item of this bundle.",
                f"可选：{'、'.join(known)}。", f"Its items are: {', '.join(known)}.",
            )  # fmt: skip
        elif service and service.instant:
            yield _problem(
                "bundle", bundle.id, ("review", "items", n), "review",
                f"「{id}」要联合评审，就不能秒批。",
                f"“{id}” is reviewed jointly, so it cannot be decided at once.",
                "从 review 里去掉它，或去掉事项的 instant。",
                "Take it out of review, or drop the item's instant.",
            )  # fmt: skip


def _sources(plan: Plan) -> Iterator[Problem]:
    """Every value some item reads must be told, asked, produced or derived."""
    for column, items in plan.needed_by.items():
        if column.element == EXISTS or column in plan.outputs or column in plan.told:
            continue
        element = plan.elements[column.element]
        if element.ask or element.derive or element.aggregate or _given(plan, column):
            continue
        item = plan.by_id[items[0]].service
        yield _problem(
            plan.kind, plan.id, (), "no-source",
            f"没有人能告诉「{column}」（事项「{item.id}」要用）：没有授权的登记库、没有提问。",
            f"Nobody can tell “{column}” (read by “{item.id}”): no granted register, no question.",
            "给数据元写 ask，或在登记库里授权给该部门。",
            "Give the element an ask, or grant a register's column to the department.",
        )  # fmt: skip


def _given(plan: Plan, column: Column) -> bool:
    """Keys of things registers find, and what is known of whoever signs in."""
    codes = {(one.party, one.code) for one in plan.pack.all(Course).values()}
    known = column.element in ("id_number", "name", "credit_code", "org_name")
    return known or column.party == CASE or (column.party, column.element) in codes


def _bounds(plan: Plan) -> Iterator[Problem]:
    for column in plan.needed_by:
        if column.element == EXISTS or not plan.narrowings(column):
            continue
        try:
            plan.bounds(column)
        except ValueError as error:
            who = "、".join(id for id, _ in plan.narrowings(column))
            yield _problem(
                plan.kind, plan.id, (), "contradiction",
                f"对「{column}」的要求互相矛盾（{who}）：{error}",
                f"What is asked of “{column}” contradicts itself ({who}): {error}",
                "请这几个部门商定同一范围。", "Let these departments agree on one range.",
            )  # fmt: skip


def _promise(plan: Plan) -> Iterable[Problem]:
    law = plan.joint.limit if plan.joint else None
    if law and order.working_days(plan.promise) > order.working_days(law):
        yield _problem(
            "bundle", plan.id, ("promise",), "limit",
            f"承诺 {plan.promise.days} 天长于联合办理的法定时限 {law.days} 天。",
            f"The promise of {plan.promise.days} days exceeds the joint limit of {law.days}.",
            "承诺不得长于法定，改短承诺。", "Shorten the promise to the joint limit or less.",
        )  # fmt: skip
    longest = max(plan.days.values(), default=0)
    if order.working_days(plan.promise) < longest:
        last = next(id for id, days in plan.days.items() if days == longest)
        yield _problem(
            "bundle", plan.id, ("promise",), "promise",
            f"承诺 {plan.promise.days} 天，但按各事项时限最快要 {longest} 天（到「{last}」）。",
            f"The promise is {plan.promise.days} days, but the items need {longest} working "
            f"days at best (until “{last}”).",
            f"改为 {longest} 天，或让部门在 within 里承诺得更短。",
            f"Promise {longest} days, or have departments promise less under within.",
        )  # fmt: skip
