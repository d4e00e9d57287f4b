"""Who may open a document of a matter: its applicant, and the office whose item needs it."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.cases import roots
from yiwang.cases.models import Case
from yiwang.files.models import Document
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.services.queries import plan_for


def may_read(request: HttpRequest, document: Document) -> bool:
    """Whether whoever asks may open this document."""
    root = roots.root(document.root)
    if root is None:
        return False
    person, staff = getattr(request, "person", None), getattr(request, "staff", None)
    if person is not None:
        return root.is_of(person.id)
    return staff is not None and _needed_by(staff, root, document)


def _needed_by(staff: Staff, root: Case, document: Document) -> bool:
    """Whether an item the member's department has or had a task on needs the material."""
    papers = roots.papers_of(document.id)
    plan = plan_for(root)
    return any(
        paper.key in papers and holds(staff, "worklist.view", department=case.department,
                                      service=case.what)
        for case in roots.items_of_office(root, staff.department)
        for paper in plan.by_id[case.what].papers
    )  # fmt: skip
