"""A form sent after the session had run out: held, and handed back to the same person.

Every sign-in leaves a seat in the browser: a cookie that says, to us alone, whose it was. A form
that arrives without a session is held only where there is a seat, encrypted, for half an hour,
and is given back only to the account of that seat. Files are not held; the page says so.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from yiwang.identity.models import Account
from yiwang.kernel import moment
from yiwang.kernel.canonical import canonical
from yiwang.kernel.errors import Defect
from yiwang.ledger import keys

SEAT = "seat"
SEAT_DAYS = 7
KEY = "held_form"
LARGEST = 256 * 1024
MINUTES = 30
NOT_HELD = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class HeldForm:
    """What a form carried: where it was going, its fields in order, whether files were lost."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: bool


def take_seat(response: HttpResponse, account: Account) -> None:
    """Remember in the browser whose it is."""
    response.set_cookie(
        SEAT,
        _seat(account),
        max_age=SEAT_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def leave_seat(response: HttpResponse) -> None:
    """Forget it again: they signed out, what comes next is not theirs."""
    response.delete_cookie(SEAT, samesite="Lax")


def hold(request: HttpRequest) -> None:
    """Keep what this form carried in the session of nobody; a newer form takes its place."""
    seat = request.COOKIES.get(SEAT, "")
    if request.method != "POST" or len(seat) != 64:
        return
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_HELD
        for value in values
    ]
    plain = canonical({"path": request.get_full_path(), "fields": fields, "files": _files(request)})
    if len(plain) > LARGEST:
        return
    sealed = keys.encrypt(keys.make_key(None), plain, seat.encode())
    request.session[KEY] = {
        "seat": seat,
        "until": moment.now().timestamp() + MINUTES * 60,
        "sealed": base64.b64encode(sealed).decode(),
    }


def is_held(request: HttpRequest) -> bool:
    """Whether a form waits for its owner to sign in."""
    return _entry(request) is not None


def given_back(request: HttpRequest, account: Account) -> HeldForm | None:
    """The held form, if it is this account's and not too old."""
    entry = _entry(request)
    if entry is None or not constant_time_compare(entry["seat"], _seat(account)):
        return None
    try:
        key = keys.make_key(None)
        plain = keys.decrypt(key, base64.b64decode(entry["sealed"]), entry["seat"].encode())
    except Defect:
        return None
    whole = json.loads(plain)
    fields = tuple((name, value) for name, value in whole["fields"])
    return HeldForm(whole["path"], fields, whole["files"])


def drop(request: HttpRequest) -> None:
    """Forget the held form."""
    request.session.pop(KEY, None)


def _entry(request: HttpRequest) -> dict[str, Any] | None:
    entry = request.session.get(KEY)
    if not isinstance(entry, dict) or entry["until"] < moment.now().timestamp():
        return None
    return entry


def _seat(account: Account) -> str:
    return salted_hmac("yiwang.seat", account.id.hex, algorithm="sha256").hexdigest()


def _files(request: HttpRequest) -> bool:
    return any(file.size for _name, files in request.FILES.lists() for file in files)
