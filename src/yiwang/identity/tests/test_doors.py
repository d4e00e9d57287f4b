"""Who may open which page, over HTTP."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path

from yiwang.identity import held_form
from yiwang.identity.actions import retire_staff
from yiwang.identity.tests.town import BY, CHEN, PASSWORD, clerk, resident
from yiwang.ui.audiences import desk, machine, operator, public, signed_in


def show(request: HttpRequest) -> HttpResponse:
    whole = {
        "person": str(request.person.id) if request.person else None,
        "staff": str(request.staff.id) if request.staff else None,
        "actor": request.actor.kind if request.actor else None,
        "posted": dict(request.POST.lists()),
    }
    return JsonResponse(whole)


def tagged(tag):
    def view(request):
        return show(request)

    return tag(view)


urlpatterns = [
    path("", include("yiwang.ui.urls")),
    path("", include("yiwang.identity.urls")),
    path("open/", tagged(public)),
    path("my/", tagged(signed_in)),
    path("my/form/", tagged(signed_in)),
    path("desk/", tagged(desk("worklist.view"))),
    path("operate/", tagged(operator("operations.view"))),
    path("api/open/", tagged(machine(None))),
    path("api/closed/", tagged(machine("operations.view"))),
    path("untagged/", show),
]
pytestmark = pytest.mark.urls(__name__)

KINDS = {"anonymous": None, "person": resident, "clerk": clerk, "operator": None}
EXPECTED = {
    "/open/": {"anonymous": 200, "person": 200, "clerk": 200, "operator": 200},
    "/my/": {"anonymous": 302, "person": 200, "clerk": 403, "operator": 403},
    "/desk/": {"anonymous": 302, "person": 403, "clerk": 200, "operator": 403},
    "/operate/": {"anonymous": 302, "person": 403, "clerk": 403, "operator": 200},
    "/api/open/": {"anonymous": 200, "person": 200, "clerk": 200, "operator": 200},
    "/api/closed/": {"anonymous": 401, "person": 401, "clerk": 403, "operator": 200},
    "/untagged/": {"anonymous": 403, "person": 403, "clerk": 403, "operator": 403},
}


@pytest.fixture
def people(town):
    return {
        "person": resident(),
        "clerk": clerk(),
        "operator": clerk("ops", "operator"),
    }


@pytest.mark.parametrize("kind", ["anonymous", "person", "clerk", "operator"])
def test_each_page_opens_for_those_its_tag_names(people, client, kind):
    if kind != "anonymous":
        client.force_login(people[kind])

    answers = {address: client.get(address).status_code for address in EXPECTED}

    assert answers == {address: one[kind] for address, one in EXPECTED.items()}


def test_a_view_knows_who_asks(people, client):
    client.force_login(people["person"])
    mine = client.get("/my/").json()
    client.force_login(people["clerk"])
    theirs = client.get("/desk/").json()

    assert mine["person"] == str(people["person"].person.id)
    assert (mine["staff"], mine["actor"]) == (None, "person")
    assert theirs["staff"] == str(people["clerk"].staff.id)
    assert (theirs["person"], theirs["actor"]) == (None, "staff")


def test_someone_let_go_is_nobody_at_once(people, client):
    client.force_login(people["clerk"])
    retire_staff(people["clerk"].staff.id, by=BY)

    assert client.get("/desk/").status_code == 302


def test_asking_who_is_there_takes_two_queries(people, client, django_assert_num_queries):
    client.force_login(people["person"])
    client.get("/my/")

    with django_assert_num_queries(2):
        client.get("/my/")


def test_the_way_to_sign_in_leads_back(people, client):
    answer = client.get("/my/form/?a=1&b=2")

    assert answer["Location"] == "/sign-in/?next=/my/form/%3Fa%3D1%26b%3D2"
    back = client.post(
        answer["Location"],
        {"username": "lin", "password": PASSWORD, "next": "/my/form/?a=1&b=2"},
    )
    assert back["Location"] == "/my/form/?a=1&b=2"


def test_a_fragment_is_sent_to_sign_in_as_a_whole_page(people, client):
    answer = client.get(
        "/my/form/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/my/"}
    )

    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/sign-in/?next=")


# ---- an expired session in mid-form ----------------------------------------------------------

FORM = {"name": ["江<script>", "a", "a"], "empty": [""], "csrfmiddlewaretoken": ["x"]}


def expired(client: Client) -> None:
    """The session ran out; the browser keeps its other cookies."""
    del client.cookies["sessionid"]


def signed_in_as(client: Client, username: str):
    return client.post("/sign-in/", {"username": username, "password": PASSWORD})


def test_a_form_sent_too_late_loses_nothing(people, client):
    signed_in_as(client, "lin")
    expired(client)

    away = client.post("/my/form/?step=2", FORM)
    page = client.get(away["Location"]).content.decode()
    back = signed_in_as(client, "lin")
    resumed = client.get(back["Location"])

    assert away.status_code == 302
    assert "您填写的内容已保留" in page or "kept" in page
    assert back["Location"] == "/sign-in/continue/"
    form = resumed.context["form"]
    assert form.path == "/my/form/?step=2"
    assert form.fields == (("name", "江<script>"), ("name", "a"), ("name", "a"), ("empty", ""))
    assert "江&lt;script&gt;" in resumed.content.decode()
    sent = client.post(form.path, {"name": ["江<script>", "a", "a"]}).json()
    assert sent["posted"]["name"] == ["江<script>", "a", "a"]
    assert client.get("/sign-in/continue/")["Location"] == "/my/"


def test_with_form_tokens_demanded_it_still_comes_through(people):
    client = Client(enforce_csrf_checks=True)

    def token(address: str) -> str:
        return client.get(address).context["csrf_token"]

    def enter() -> str:
        words = {"username": "lin", "password": PASSWORD}
        return client.post("/sign-in/", words | {"csrfmiddlewaretoken": token("/sign-in/")})[
            "Location"
        ]

    enter()
    in_the_page = token("/my/me/")
    expired(client)

    away = client.post("/my/form/", {"name": "江", "csrfmiddlewaretoken": in_the_page})

    assert away.status_code == 302
    assert enter() == "/sign-in/continue/"
    page = client.get("/sign-in/continue/")
    assert page.context["form"].fields == (("name", "江"),)
    fresh = page.context["csrf_token"]
    sent = client.post("/my/form/", {"name": "江", "csrfmiddlewaretoken": fresh})
    assert sent.json()["posted"]["name"] == ["江"]


def test_files_that_could_not_be_held_are_asked_for_again(people, client):
    signed_in_as(client, "lin")
    expired(client)
    client.post("/my/form/", {"photo": SimpleUploadedFile("a.jpg", b"x"), "name": "江"})
    signed_in_as(client, "lin")

    page = client.get("/sign-in/continue/")

    assert page.context["form"].files
    assert "请重新选择文件" in page.content.decode()


def test_nobody_else_is_given_what_was_held(people, client):
    resident("chen", CHEN, "陈一")
    signed_in_as(client, "lin")
    expired(client)
    client.post("/my/form/", FORM)

    back = signed_in_as(client, "chen")

    assert back["Location"] == "/my/"
    assert client.get("/sign-in/continue/").status_code == 302
    assert held_form.KEY not in client.session


def test_nothing_is_held_for_a_browser_nobody_signed_in_with(people, client):
    client.post("/my/form/", FORM)

    assert held_form.KEY not in client.session


def test_what_is_held_cannot_be_read_in_the_session(people, client):
    signed_in_as(client, "lin")
    expired(client)
    client.post("/my/form/", FORM)

    assert "script" not in json.dumps(dict(client.session))


def test_a_form_too_large_is_not_held(people, client):
    signed_in_as(client, "lin")
    expired(client)
    client.post("/my/form/", {"text": "江" * held_form.LARGEST})

    assert held_form.KEY not in client.session


def test_after_signing_out_nothing_is_held(people, client):
    signed_in_as(client, "lin")
    client.post("/sign-out/")
    client.post("/my/form/", FORM)

    assert held_form.KEY not in client.session


def test_a_damaged_hold_is_forgotten(people, client):
    signed_in_as(client, "lin")
    expired(client)
    client.post("/my/form/", FORM)
    session = client.session
    session[held_form.KEY]["sealed"] = "AAAA" * 20
    session.save()

    assert signed_in_as(client, "lin")["Location"] == "/my/"
