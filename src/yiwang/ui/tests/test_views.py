import pytest
from django.test import Client

from yiwang.ui.errors import EXPLAINED, unavailable


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, headers={"Origin": "http://testserver"})


def test_the_language_is_remembered_and_the_page_stays(client):
    answer = client.post("/language/", {"language": "en", "next": "/style/?a=1"})

    assert (answer.status_code, answer["Location"]) == (302, "/style/?a=1")
    assert answer.cookies["django_language"].value == "en"


def test_a_language_nobody_speaks_here_is_not_remembered(client):
    assert "django_language" not in client.post("/language/", {"language": "xx"}).cookies


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_a_switch_leads_nowhere_else(client, there):
    assert client.post("/elder/", {"on": "1", "next": there})["Location"] == "/"


def test_elder_mode_is_one_switch(client, settings):
    settings.DEMO = True
    client.post("/elder/", {"on": "1"})
    assert (
        '<html lang="zh-Hans" data-theme="auto" class="elder '
        in client.get("/style/").content.decode()
    )

    client.post("/elder/", {"on": "0"})
    assert 'class="elder ' not in client.get("/style/").content.decode()


def test_a_theme_is_one_of_three(client):
    assert client.post("/theme/", {"theme": "dark"}).cookies["theme"].value == "dark"
    assert client.post("/theme/", {"theme": "pink"}).cookies["theme"].value == "auto"


def test_a_switch_is_not_thrown_by_a_link(client):
    assert client.get("/elder/?on=1").status_code == 405


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_switch_is_not_thrown_from_elsewhere(origin):
    answer = Client().post("/elder/", {"on": "1"}, headers={"Origin": origin} if origin else {})

    assert not answer.cookies
    assert answer.status_code == 403
    assert "请再提交一次" in answer.content.decode()


def test_the_manifest_names_the_city(client):
    answer = client.get("/manifest.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == "一网通办"


def test_the_style_guide_is_shown_only_in_a_demo(client, settings):
    settings.DEMO = settings.DEBUG = False
    assert client.get("/style/").status_code == 404

    settings.DEMO = True
    assert client.get("/style/").status_code == 200


def test_a_missing_page_says_what_to_do(client):
    page = client.get("/nothing-here/").content.decode()

    assert "没有这个页面" in page and "接下来怎么办" in page


@pytest.mark.parametrize("status", sorted(EXPLAINED))
def test_every_failure_is_explained(status):
    told = EXPLAINED[status]

    assert str(told.title) and str(told.happened) and str(told.next)


def test_a_resting_service_says_when_to_come_back(rf):
    assert unavailable(rf.get("/"))["Retry-After"] == "120"
