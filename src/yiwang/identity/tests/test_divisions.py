from __future__ import annotations

import pytest

from yiwang.identity import divisions
from yiwang.identity.tests.town import CONTENT
from yiwang.kernel.errors import NotFound
from yiwang.pack.content import from_content


@pytest.fixture
def pack():
    return from_content(CONTENT)


def test_the_path_leads_from_the_city_down(pack):
    assert [one.id for one in divisions.division_path(pack, "quay")] == ["town", "east", "quay"]


def test_a_place_is_said_without_the_city(pack):
    title = divisions.division_title(pack, "quay")

    assert (title.zh, title.en) == ("东区码头街", "Quay, East")
    assert divisions.division_title(pack, "town").en == "Town"


def test_what_lies_inside(pack):
    assert [one.id for one in divisions.children_of(pack, "town")] == ["east", "west"]
    assert divisions.children_of(pack, "quay") == []
    assert divisions.division_within(pack, "quay", "east")
    assert not divisions.division_within(pack, "quay", "west")
    assert divisions.division_at(pack, "quay", "district").id == "east"
    assert divisions.division_at(pack, "east", "street") is None
    assert [one.id for one in divisions.divisions_of(pack, "district")] == ["east", "west"]


def test_an_unknown_division_is_not_found(pack):
    with pytest.raises(NotFound):
        divisions.division_path(pack, "nowhere")
