"""The log for everybody: a page that explains it, and its files."""

from __future__ import annotations

import base64

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.ledger import proofs, publication
from yiwang.ledger.note import Checkpoint, Malformed, NotSigned, Verifier
from yiwang.ui.audiences import public

PLAIN = "text/plain; charset=utf-8"
LARGEST = 200_000  # bytes of a proof file
FOREVER = "public, max-age=31536000, immutable"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest) -> HttpResponse:
    """What the log is, its head, its keys; a proof file given is checked."""
    note = publication.checkpoint()
    context: dict[str, object] = {"note": note, "keys": publication.signing_keys()}
    if note:
        head = Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
        context |= {"head": head, "root": base64.b64encode(head.root).decode()}
    if request.method == "POST":
        context |= _checked(request)
    return render(request, "ledger/ledger.html", context)


def _checked(request: HttpRequest) -> dict[str, object]:
    given = request.FILES.get("proof")
    text = request.POST.get("text", "")
    if given is not None:
        if (given.size or 0) > LARGEST:
            return {"wrong": _("This file is too large for a proof.")}
        text = given.read().decode("utf-8", "replace")
    if not text.strip():
        return {"wrong": _("Choose a proof file, or paste its text.")}
    keys = [Verifier.parse(key) for key in publication.signing_keys()]
    try:
        return {"proven": proofs.check(text.replace("\r\n", "\n"), keys)}
    except NotSigned:
        return {"wrong": _("This was not signed by the key of this log.")}
    except Malformed as error:
        return {"wrong": _("This proves nothing: %(why)s.") % {"why": error}}


@public
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The last head that was signed."""
    return _told(publication.checkpoint(), "no-cache")


@public
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys that sign now, one a line."""
    return _told("".join(f"{key}\n" for key in publication.signing_keys()), "no-cache")


@public
@require_safe
def succession(request: HttpRequest) -> HttpResponse:
    """How this log followed an earlier one; nothing where it did not."""
    return _told("\n".join(publication.successions()) or None, "no-cache")


@public
@require_safe
def tile(request: HttpRequest, rest: str) -> HttpResponse:
    """A tile or a bundle of entries."""
    found = publication.resource(f"tile/{rest}")
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="application/octet-stream")
    response["Cache-Control"] = FOREVER
    return response


def _told(text: str | None, cache: str) -> HttpResponse:
    if not text:
        raise Http404
    response = HttpResponse(text, content_type=PLAIN)
    response["Cache-Control"] = cache
    return response
