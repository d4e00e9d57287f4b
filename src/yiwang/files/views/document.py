"""Handing a document out, to whoever may read it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from yiwang.files.actions import read_document
from yiwang.files.models import Document
from yiwang.files.queries import NOT_THERE, document, open_document
from yiwang.files.readers import may_read
from yiwang.kernel.errors import NotFound
from yiwang.ui.audiences import desk, signed_in


@signed_in
@never_cache
@require_GET
def my(request: HttpRequest, id: UUID) -> HttpResponse:
    """A document for a person who may read it."""
    found = _readable(request, id)
    return _handed_out(found, open_document(id))


@desk("worklist.view")
@never_cache
@require_GET
def at_desk(request: HttpRequest, id: UUID) -> HttpResponse:
    """A document for staff who may read it; reading it is an act."""
    found = _readable(request, id)
    by = request.actor  # type: ignore[attr-defined]
    return _handed_out(found, read_document(id, by=by, purpose="handling the case"))


def _readable(request: HttpRequest, id: UUID) -> Document:
    """The document, if they may read it; else as if there were none."""
    found = document(id)
    if not may_read(request, found):
        raise NotFound(NOT_THERE)
    return found


def _handed_out(found: Document, plain: bytes) -> HttpResponse:
    answer = HttpResponse(plain, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
