"""Signing in: counting tries, checking a password in the same time for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Account, Tries
from yiwang.kernel import moment
from yiwang.ledger.actions import record

LONGEST_NAME = 64
LONGEST_PASSWORD = 200


@dataclass(frozen=True)
class Limit:
    """At most `tries` within `minutes`; then wait until they are over."""

    tries: int
    minutes: int


AT_ONE_PLACE = Limit(5, 15)  # one account from one address
OF_ONE_ACCOUNT = Limit(30, 60)  # one account from everywhere
FROM_ONE_ADDRESS = Limit(100, 15)  # any account from one address

COUNT = """
    -- Count one try, or begin anew where the window is over; gives the count and its beginning.
    INSERT INTO identity_tries AS t (key, count, since) VALUES (%(key)s, 1, %(now)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN t.since < %(begin)s THEN 1 ELSE t.count + 1 END,
        since = CASE WHEN t.since < %(begin)s THEN %(now)s ELSE t.since END
    RETURNING count, since
"""


@dataclass(frozen=True)
class Outcome:
    """What came of a try: the account, or how many minutes to wait (0: name or password wrong)."""

    account: Account | None
    wait: int = 0


def try_sign_in(username: str, password: str, *, address: str) -> Outcome:
    """Check a user name and password. Every try counts before it is looked at.

    Takes the same time whether or not the name is known. A right password clears the count of
    this account at this address.
    """
    name = username.strip().lower()[:LONGEST_NAME]
    doors = (
        (_key("place", name, address), AT_ONE_PLACE),
        (_key("account", name), OF_ONE_ACCOUNT),
        (_key("address", address), FROM_ONE_ADDRESS),
    )
    wait = max(_minutes_to_wait(key, limit) for key, limit in doors)
    if wait:
        return Outcome(None, wait)
    account = _checked(name, password[:LONGEST_PASSWORD])
    if account is not None:
        Tries.objects.filter(key=doors[0][0]).delete()
    return Outcome(account)


@transaction.atomic
def begin_session(request: HttpRequest, account: Account) -> None:
    """Sign `account` in under a fresh session key; for staff this is an act."""
    language = get_language() or settings.LANGUAGE_CODE
    if account.language != language:
        Account.objects.filter(id=account.id).update(language=language)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    if account.staff is not None:
        record("identity.signed_in", by=staff_actor(account.staff), about=[account.staff.id])


def forget_what_is_over() -> None:
    """Remove counts of tries older than a day, and sessions that have run out."""
    Tries.objects.filter(since__lt=moment.now() - timedelta(days=1)).delete()
    Session.objects.filter(expire_date__lt=moment.now()).delete()


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: behind our proxy, the address the proxy saw."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return seen.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def sign_in_url(request: HttpRequest) -> str:
    """The sign-in page, which leads back to where they were."""
    path = request.get_full_path() if request.method in ("GET", "HEAD") else _came_from(request)
    return f"{reverse('identity:sign_in')}?next={quote(path)}"


def safe_next(request: HttpRequest, path: str) -> str:
    """`path` if it is one of ours, else empty."""
    ours = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return path if ours else ""


def home_of(account: Account) -> str:
    """Where an account begins: staff at their desk, a person at their own pages."""
    return "/desk/" if account.staff is not None else "/my/"


def _came_from(request: HttpRequest) -> str:
    referer = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not safe_next(request, referer):
        return "/"
    parts = urlsplit(referer)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _checked(name: str, password: str) -> Account | None:
    account = Account.objects.filter(username=name, is_active=True).first()
    if account is None:
        make_password(password)  # as long as checking one
        return None
    return account if check_password(password, account.password) else None


def _key(*parts: str) -> str:
    return salted_hmac("yiwang.tries", "\0".join(parts), algorithm="sha256").hexdigest()


def _minutes_to_wait(key: str, limit: Limit) -> int:
    """Count a try; 0 while within the limit, else the minutes until the window is over."""
    now = moment.now()
    window = timedelta(minutes=limit.minutes)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "now": now, "begin": now - window})
        count, since = cursor.fetchone()
    if count <= limit.tries:
        return 0
    return int((since + window - now).total_seconds() // 60) + 1
