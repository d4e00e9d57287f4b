import pytest

from yiwang.kernel.words import Text
from yiwang.ui.city import UNNAMED, City, city, provide
from yiwang.ui.places import bar, greet, links, name_of, place


class Signed:
    is_authenticated = True

    def __str__(self):
        return "a1"


def test_a_bar_holds_the_places_that_stand_in_their_order(rf):
    place("my.wallet", "ui:manifest")
    place("my.home", "ui:style", badge=lambda request: 3)
    place("my.me", "nowhere:at-all")
    place("my.messages", "ui:elder", shown=lambda request: False)

    tabs = bar("my", rf.get("/style/"))

    assert [(tab.name, tab.href, tab.current, tab.badge) for tab in tabs] == [
        ("my.home", "/style/", True, 3),
        ("my.wallet", "/manifest.webmanifest", False, 0),
    ]
    assert tabs[0].title == "首页"


def test_a_place_is_current_on_the_pages_it_is_the_way_to(rf):
    place("my.home", "ui:style", also=("ui:manifest",))
    place("my.wallet", "ui:elder")

    def current(path):
        return [tab.name for tab in bar("my", rf.get(path)) if tab.current]

    assert current("/manifest.webmanifest") == ["my.home"]
    assert current("/style/more/") == ["my.home"]
    assert current("/elsewhere/") == []


def test_a_new_place_brings_its_words(rf):
    place("desk.tasks", "ui:style", title=Text(zh="我的任务", en="My tasks"), icon="inbox")

    assert bar("desk", rf.get("/"))[0].title == "我的任务"
    with pytest.raises(KeyError):
        place("desk.unknown", "ui:style")


def test_single_links_are_found_by_name(rf):
    place("link.sign_in", "ui:style")

    assert links(rf.get("/"))["sign_in"].href == "/style/"


def test_a_visitor_is_named_only_when_signed_in(rf):
    request = rf.get("/")
    assert name_of(request) == ""

    request.user = Signed()
    assert name_of(request) == "a1"

    greet(lambda _request: "林小满")
    assert name_of(request) == "林小满"


def test_a_city_without_pack_has_no_name():
    assert city() is UNNAMED

    provide(lambda: None)
    assert city() is UNNAMED

    here = City(name=Text(zh="江城", en="J"), title=Text(zh="江城一网通办", en="J"), mark="江")
    provide(lambda: here)
    assert city() is here
