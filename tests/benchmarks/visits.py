"""What a browser that is signed in would send, as bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.middleware.csrf import get_token

from tests.benchmarks.drafts import Draft
from tests.benchmarks.people import Mother


@dataclass(frozen=True)
class Visit:
    """A person's sign-in: the cookies and the token that goes into every form."""

    cookies: str
    token: str


def signed_in(mother: Mother) -> Visit:
    """Sign in: a session stands in the database as after the sign-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(mother.account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = mother.account.get_session_auth_hash()
    session.create()
    page = HttpRequest()
    token = get_token(page)
    secret = page.META["CSRF_COOKIE"]
    return Visit(f"sessionid={session.session_key}; csrftoken={secret}", token)


def post(visit: Visit, path: str, form: Mapping[str, str] | Sequence[tuple[str, str]]) -> bytes:
    """A form sent from a page of ours."""
    fields = form.items() if isinstance(form, Mapping) else form
    body = urlencode([("csrfmiddlewaretoken", visit.token), *fields]).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {visit.cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(visit: Visit, path: str) -> bytes:
    """A page of ours."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {visit.cookies}\r\n\r\n".encode()


def sending(draft: Draft) -> bytes:
    """The last step: the code that signs, and the form's own number."""
    form = {"key": draft.id.hex, "code": draft.code}
    return post(signed_in(draft.mother), f"/my/drafts/{draft.number}/send/", form)
