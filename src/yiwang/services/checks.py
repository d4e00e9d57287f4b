"""What must hold of services and bundles, beyond their shape. Pure over a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Kind, Problem
from yiwang.pack.pack import Pack
from yiwang.rules import Column, RuleFault
from yiwang.services import order
from yiwang.services.declarations import Bundle, Service
from yiwang.services.item import APPLICANT, CASE
from yiwang.services.plan import EXISTS, Plan, read_plan


def declare_kinds() -> None:
    """Make the kinds of this room known, with these checks."""
    if "service" not in KINDS:
        service = Text(zh="事项", en="service item")
        bundle = Text(zh="一件事", en="bundle")
        KINDS.add("service", Kind("service", "services", Service, service, check_services))
        KINDS.add("bundle", Kind("bundle", "bundles", Bundle, bundle, check_bundles))


def check_services(pack: Pack) -> Iterator[Problem]:
    """Each service alone: its rules, parties, limits, and whether every value can be had."""
    for service in pack.all(Service).values():
        yield from _names(service)
        yield from _limits(service)
        yield from _quality(service)
        yield from _plan(pack, service.id, "service")


def check_bundles(pack: Pack) -> Iterator[Problem]:
    """Each bundle: who plays whom, what contradicts, the order and the promise."""
    for bundle in pack.all(Bundle).values():
        faults = list(_casting(pack, bundle))
        yield from faults
        if not faults:
            yield from _plan(pack, bundle.id, "bundle")


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
    named += [(("materials", n, "of"), one.of) for n, one in enumerate(service.materials)]
    if service.per:
        named.append((("per",), service.per))
    if service.result.holder:
        named.append((("result", "holder"), service.result.holder))
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


def _quality(service: Service) -> Iterator[Problem]:
    """Findings: guides a person would find thin."""
    if not service.questions:
        yield _problem(
            "service", service.id, (), "thin-guide",
            "没有常见问题。", "There are no questions and answers.",
            "写上办事人最常问的两三个问题。", "Add the two or three questions people ask most.",
            finding=True,
        )  # fmt: skip
    if not service.conditions:
        yield _problem(
            "service", service.id, (), "no-conditions",
            "没有写办理条件。", "No conditions are given.",
            "写明谁可以办、满足什么条件。", "Say who may apply and on what conditions.",
            finding=True,
        )  # fmt: skip
    if service.visits and "online" in service.channels:
        yield _problem(
            "service", service.id, ("visits",), "visits",
            "可以网上办，却要到现场。", "It can be done online, yet visits are asked for.",
            "说明为什么要到现场，或改为 0。", "Set visits to 0, or leave out online.",
            finding=True,
        )  # fmt: skip


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
    return column.element in ("id_number", "name") or column.party == CASE


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
