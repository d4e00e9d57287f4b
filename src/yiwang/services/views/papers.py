"""Giving documents, and taking one back, before a draft is sent."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.cases.actions import take_back_paper
from yiwang.cases.errors import OutOfOrder
from yiwang.cases.models import Case
from yiwang.cases.states import State
from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor
from yiwang.services.actions.draft import attach
from yiwang.services.pages.paper_fields import Wanted, had_papers, wanted_papers
from yiwang.services.queries import load
from yiwang.services.views.whose import actor_of, my_root
from yiwang.ui.audiences import signed_in
from yiwang.ui.fields import Words

CHOOSE = Text(zh="请上传「{title}」。", en="Choose a file for “{title}”.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Documents still to be given; those the wallet has are only named."""
    root = my_root(request, number)
    if root.state != State.DRAFT:
        return redirect("services:matter", number)
    wrong: dict[str, Words] = {}
    if request.method == "POST":
        wanted = wanted_papers(load(root), root.id, number, {})
        wrong = take(request, root, wanted, by=actor_of(request))
        if not wrong:
            return redirect("services:draft", number)
    return _page(request, root, wrong)


def _page(request: HttpRequest, root: Case, wrong: dict[str, Words]) -> HttpResponse:
    matter = load(root)
    wanted = wanted_papers(matter, root.id, root.number, wrong)
    context = {
        "root": root,
        "plan": matter.plan,
        "wanted": wanted,
        "fields": [one.field for one in wanted],
        "had": had_papers(matter, root.number),
    }
    return render(request, "services/papers.html", context, status=422 if wrong else 200)


def take(request: HttpRequest, root: Case, wanted: list[Wanted], *, by: Actor) -> dict[str, Words]:
    """Keep the files that came; what is wrong or lacking, by field. Good ones are kept even if
    another is wrong: nobody takes a photo twice."""
    wrong: dict[str, Words] = {}
    for one in wanted:
        file = request.FILES.get(one.field.name)
        if file is None:
            if not one.given:
                wrong[one.field.name] = CHOOSE.filled(title=str(one.field.label))
            continue
        try:
            attach(
                root.id, material=one.material, role=one.role, index=one.index,
                file=file,  # type: ignore[arg-type]
                by=by,
            )  # fmt: skip
        except BadInput as error:
            wrong[one.field.name] = error.text
    return wrong


@signed_in
@require_POST
def take_back(request: HttpRequest, number: str, document: UUID) -> HttpResponse:
    """Set a given file aside again."""
    root = my_root(request, number)
    if root.state != State.DRAFT:
        raise OutOfOrder(root)
    take_back_paper(root, document)
    return redirect("services:papers", number)
