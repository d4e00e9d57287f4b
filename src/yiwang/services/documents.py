"""Who may open a document of a matter: its applicant, and the office whose item needs it."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.cases.models import Case, Supplied
from yiwang.files.models import Document
from yiwang.identity.models import Staff
from yiwang.identity.permissions import holds
from yiwang.services.queries import plan_for


def may_read(request: HttpRequest, document: Document) -> bool:
    """Whether whoever asks may open this document."""
    root = Case.objects.filter(pk=document.root, parent=None).first()
    if root is None:
        return False
    person, staff = getattr(request, "person", None), getattr(request, "staff", None)
    if person is not None:
        return root.applicant_id == person.id
    return staff is not None and _needed_by(staff, root, document)


def _needed_by(staff: Staff, root: Case, document: Document) -> bool:
    """Whether an item the member's department has or had a task on needs the material."""
    papers = {(one.material, one.role) for one in Supplied.objects.filter(document=document.id)}
    plan = plan_for(root)
    cases = Case.objects.filter(
        root=root, kind="service", department=staff.department, tasks__department=staff.department
    ).distinct()
    return any(
        paper.key in papers and holds(staff, "worklist.view", department=case.department,
                                      service=case.what)
        for case in cases
        for paper in plan.by_id[case.what].papers
    )  # fmt: skip
