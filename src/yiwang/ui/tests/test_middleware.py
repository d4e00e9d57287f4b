import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yiwang.kernel.errors import BadInput, NotAllowed, Refusal
from yiwang.kernel.words import Text, spoken
from yiwang.ui.audiences import public, signed_in
from yiwang.ui.middleware import (
    HEADERS,
    Compressed,
    NoNulls,
    Preferences,
    SecurityHeaders,
    Timed,
    ToldErrors,
)


class Match:
    def __init__(self, func):
        self.func = func


def answered(view, **own):
    request = RequestFactory().get("/")
    request.resolver_match = Match(view)
    return SecurityHeaders(lambda _request: HttpResponse(headers=own))(request)


@public
def open_page(request): ...


@signed_in
def my_page(request): ...


def test_every_answer_tells_how_long_it_took():
    answer = Timed(lambda _request: HttpResponse())(RequestFactory().get("/"))

    assert 0 <= float(answer["Server-Timing"].removeprefix("app;dur=")) < 1000


def test_every_answer_carries_the_security_headers():
    answer = answered(open_page)

    assert {name: answer[name] for name in HEADERS} == HEADERS


def test_no_script_or_style_may_stand_in_a_page():
    policy = HEADERS["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self'" in policy and "frame-ancestors 'none'" in policy


def test_a_view_keeps_the_header_it_set():
    assert (
        answered(open_page, **{"X-Frame-Options": "SAMEORIGIN"})["X-Frame-Options"] == "SAMEORIGIN"
    )


def test_only_personal_pages_are_kept_from_caches():
    assert answered(my_page)["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in answered(open_page)
    assert answered(my_page, **{"Cache-Control": "no-store"})["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("cookies", "elder", "theme"),
    [
        ({}, False, "auto"),
        ({"elder": "1", "theme": "dark"}, True, "dark"),
        ({"elder": "yes", "theme": "<script>"}, False, "auto"),
    ],
)
def test_preferences_come_from_cookies(cookies, elder, theme):
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)

    Preferences(lambda _request: HttpResponse())(request)

    assert (request.elder, request.theme) == (elder, theme)


def test_declared_text_speaks_the_language_of_the_page(english):
    Preferences(lambda _request: HttpResponse())(RequestFactory().get("/"))

    assert spoken() == "en"


def test_errors_of_ours_become_pages_and_others_are_left():
    middleware = ToldErrors(lambda _request: HttpResponse())
    request = RequestFactory().get("/my/")
    sentence = Text(zh="已经办结，不能撤回", en="Already decided")

    refused = middleware.process_exception(request, Refusal(sentence, basis="规定第 3 条"))
    closed = middleware.process_exception(request, NotAllowed(sentence))
    other = middleware.process_exception(request, ValueError("x"))

    assert refused.status_code == 409
    assert (
        "已经办结，不能撤回" in refused.content.decode()
        and "规定第 3 条" in refused.content.decode()
    )
    assert closed.status_code == 403
    assert other is None


def test_machines_are_told_in_json():
    request = RequestFactory().get("/api/x")
    error = BadInput("child.name", Text(zh="太长", en="Too long"))

    answer = ToldErrors(lambda _request: HttpResponse()).process_exception(request, error)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/json"
    assert b'"field": "child.name"' in answer.content


def refused(request):
    return NoNulls(lambda _request: HttpResponse()).process_view(request, None, (), {})


@pytest.mark.parametrize("sent", ["path", "query", "form"])
def test_a_null_character_is_refused_before_it_reaches_a_table(rf, monkeypatch, sent):
    monkeypatch.setattr(
        "yiwang.ui.middleware.bad_request", lambda request: HttpResponse(status=400)
    )
    request = {
        "path": rf.get("/my/drafts/%00/"),
        "query": rf.get("/desk/find/", {"find": "a\0b"}),
        "form": rf.post("/sign-in/", {"username": "a\0b"}),
    }[sent]

    assert refused(request).status_code == 400
    assert refused(rf.post("/sign-in/?a=b", {"username": "ab"})) is None


@pytest.mark.parametrize(
    ("kind", "packed"),
    [("text/html; charset=utf-8", True), ("text/csv", True), ("application/json", True),
     ("application/pdf", False), ("image/png", False)],
)  # fmt: skip
def test_text_is_sent_packed_and_files_as_they_are(rf, kind, packed):
    answer = Compressed(lambda _request: HttpResponse("办事" * 500, content_type=kind))

    found = answer(rf.get("/", headers={"accept-encoding": "gzip, br"}))
    plain = answer(rf.get("/"))

    assert (found.headers.get("Content-Encoding") == "gzip") == packed
    assert (len(found.content) < 300) == packed
    assert plain.content.decode() == "办事" * 500
