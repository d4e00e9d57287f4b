"""The desk: worklist, finding a case, looking at one, one's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from yiwang.cases import queries
from yiwang.cases.actions import open_case
from yiwang.cases.erasures import may_ask
from yiwang.cases.extension import may_extend
from yiwang.cases.history import history
from yiwang.cases.models import Case
from yiwang.cases.panels import panel_of
from yiwang.cases.procedures import procedure_of
from yiwang.cases.review import review_page
from yiwang.cases.standing import stands_at, tone_of
from yiwang.cases.states import Verb
from yiwang.cases.worklist import (
    Wanted,
    line,
    listed_name,
    live_counts,
    next_task,
    reachable,
    services_in,
    worklist,
)
from yiwang.identity.declarations import Department, Role
from yiwang.identity.models import Staff
from yiwang.identity.permissions import PERMISSIONS, holds, permissions_of, services_of
from yiwang.kernel import moment
from yiwang.kernel.words import Text
from yiwang.ledger.erasure import is_erased
from yiwang.pack.queries import current
from yiwang.ui.audiences import desk
from yiwang.ui.parts import PageOf
from yiwang.ui.places import bar

TABS = {
    "open": Text(zh="本部门待办", en="My department's"),
    "mine": Text(zh="我在办的", en="Mine"),
    "colleagues": Text(zh="同事在办", en="In colleagues' hands"),
    "done": Text(zh="我本周办结", en="Done by me this week"),
}
DUES = {
    "late": Text(zh="已超期", en="Late"),
    "today": Text(zh="今天到期", en="Due today"),
    "soon": Text(zh="3个工作日内", en="Within 3 working days"),
}
TOLD = {
    "back": Text(zh="已退回待办列表。", en="Put back on the list."),
    "handed": Text(zh="已转交。", en="Handed over."),
}


@desk("desk.enter")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The worklist; who has none is led to the page that is theirs."""
    staff = staff_of(request)
    if holds(staff, "worklist.view"):
        return show_list(request, Wanted.read(request.GET))
    theirs = [one.href for one in (*bar("desk", request), *bar("operate", request))]
    return redirect(next((href for href in theirs if not href.endswith("/me/")), "/desk/me/"))


def show_list(
    request: HttpRequest, wanted: Wanted, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """One page of the worklist."""
    staff = staff_of(request)
    found = worklist(staff, wanted)
    took = request.GET.get("took", "")
    context = {
        "wanted": wanted,
        "found": found,
        "tabs": [(name, title, found.counts.get(name)) for name, title in TABS.items()],
        "dues": [
            (name, title, found.counts[name], wanted.by_due[name]) for name, title in DUES.items()
        ],
        "verbs": [one for one in Verb if one not in (Verb.CONFIRM, Verb.SUPPLY, Verb.PAY)],
        "services": services_in(staff),
        "page": PageOf(min(wanted.page, found.pages), found.pages, wanted.query() + "&"),
        "title": TABS[wanted.tab],
        "problem": problem,
        "told": TOLD.get(request.GET.get("told", "")),
        "took": reachable(staff).select_related("case").filter(pk=took).first()
        if len(took) == 36 and _is_id(took)
        else None,
        "claims": holds(staff, "cases.claim"),
        "narrowed": bool(wanted.due or wanted.verb or wanted.what or wanted.find),
    }
    return render(request, "cases/worklist.html", context, status=status)


@desk("worklist.view")
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Cases of the department by number; a single one opens at once."""
    staff, text = staff_of(request), request.GET.get("find", "").strip()[:40]
    cases = queries.find_cases(text, staff)
    if len(cases) == 1:
        task = queries.live_task(cases[0])
        if task is not None:
            return redirect("cases:task", task.id)
        return redirect("cases:desk_case", cases[0].number)
    rows = [(one, procedure_of(one).title(one), listed_name(one), stands_at(one)) for one in cases]
    return render(request, "cases/found.html", {"rows": rows, "find": text})


@desk("worklist.view")
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """A case as its department may see it, without changing anything."""
    staff = staff_of(request)
    found = queries.case_for(number, staff)
    if found.kind != "service":
        return _matter(request, found)
    panel = panel_of(found, None, staff)
    open_case(found.id, about=panel.people if panel else (), staff=staff)
    context = about_case(found, staff) | {"panel": panel, "task": queries.live_task(found)}
    context |= {"erased": is_erased(found.root_id)}
    return render(request, "cases/case.html", context)


def _matter(request: HttpRequest, root: Case) -> HttpResponse:
    """A whole matter: titles and states of its items; only one's own can be opened."""
    staff = staff_of(request)
    services = services_of(staff, "worklist.view")
    rows = []
    for one in Case.objects.filter(root=root, kind="service").order_by("number"):
        one.root = root
        mine = one.department == staff.department and (services is None or one.what in services)
        rows.append((one, procedure_of(one).title(one), mine, stands_at(one)))
    context = {"case": root, "title": procedure_of(root).title(root), "rows": rows}
    context |= {"applicant": listed_name(root)}
    context |= {"limits": queries.limits(root), "stands": stands_at(root), "tone": tone_of(root)}
    context |= {"may_extend": may_extend(root, staff), "review": review_page(root)}
    context |= {"may_ask_erasure": may_ask(root, staff)}
    context |= {"erased": is_erased(root.id)}
    return render(request, "cases/matter.html", context)


def about_case(found: Case, staff: Staff) -> dict[str, object]:
    """What every page about one case shows."""
    procedure = procedure_of(found)
    return {
        "case": found,
        "title": procedure.title(found),
        "terms": procedure.terms(found),
        "applicant": applicant_named(found),
        "stands": stands_at(found),
        "tone": tone_of(found),
        "office": current().get(Department, found.department).title,
        "limits": queries.limits(found),
        "may_extend": may_extend(found, staff),
        "review": review_page(found),
        "siblings": queries.siblings(found),
        "events": history(found),
        "waiting": queries.waiting_for_person(found),
    }


def applicant_named(case: Case) -> str:
    """Who applied; for a firm, with the person who sent it."""
    if case.organisation is None:
        return case.applicant.name
    return gettext("%(firm)s, sent by %(name)s") % {
        "firm": case.organisation.name, "name": case.applicant.name,
    }  # fmt: skip


@desk("supervision.view")
@require_GET
def departments(request: HttpRequest) -> HttpResponse:
    """Per department what is open, in hand, due and late: figures only."""
    titles = current().all(Department)
    rows = [row | {"title": titles[row["department"]].title if row["department"] in titles
                   else row["department"]} for row in live_counts(moment.today())]  # fmt: skip
    return render(request, "cases/departments.html", {"rows": rows, "now": moment.now()})


@desk("desk.enter")
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Who I am at work and what I may do."""
    staff = staff_of(request)
    declared = current().all(Role)
    roles = [declared[id] for id in staff.roles if id in declared]
    allowed = sorted(permissions_of(staff))
    context = {
        "staff": staff,
        "office": current().get(Department, staff.department),
        "roles": roles,
        "allowed": [_capital(str(PERMISSIONS[one])) for one in allowed if one in PERMISSIONS],
    }
    return render(request, "cases/me.html", context)


def staff_of(request: HttpRequest) -> Staff:
    """Who is at the desk; the audience of the view made sure that there is one."""
    return request.staff  # type: ignore[attr-defined,no-any-return]


def back_to_list(data: QueryDict) -> str:
    """The address of the list somebody came from, as its form told it."""
    back = data.get("back", "")
    return f"/desk/{back}" if back.startswith("?") else "/desk/"


def next_line(staff: Staff, task: object) -> object:
    """The next task as the finished page offers it; None where nothing is left."""
    following = next_task(staff, after=task)  # type: ignore[arg-type]
    if following is None:
        return None
    return line(following)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_id(text: str) -> bool:
    return all(char in "0123456789abcdef-" for char in text.lower()) and text.count("-") == 4
