"""What people say in their own words has a length, told at the field; nothing is cut off."""

from __future__ import annotations

import pytest

from yiwang.cases.models import Rating
from yiwang.cases.states import State
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.pages.handling import LONGEST
from yiwang.services.tests.family import settle
from yiwang.services.tests.office import sent
from yiwang.services.tests.visitor import visitor, words

TOO_LONG = "长" * (LONGEST + 1)
TOLD = f"At most {LONGEST} characters; this has {LONGEST + 1}. Please shorten it."


@pytest.mark.django_db
def test_a_reason_too_long_withdraws_nothing_and_is_kept(city):
    family = settle(city, certified=False)
    mother, root = visitor(family.mother), sent(family)
    page = f"/my/matters/{root.number}/withdraw/"

    answer = mother.post(page, {"words": TOO_LONG})

    root.refresh_from_db()
    assert answer.status_code == 422 and root.state == State.UNDER_WAY
    assert TOLD in words(answer) and TOO_LONG in answer.content.decode()
    assert f"At most {LONGEST} characters." in words(mother.get(page))


@pytest.mark.django_db
def test_a_rating_with_words_too_long_keeps_stars_and_words(city):
    family = settle(city)
    mother, root = visitor(family.mother), sent(family)
    decide_instantly(root.id)
    case = root.children.first()
    page, stars = f"/my/matters/{root.number}/rate/", f"stars--{case.number}"

    answer = mother.post(page, {stars: "4", f"words--{case.number}": TOO_LONG})

    assert answer.status_code == 422 and TOLD in words(answer)
    assert f'name="{stars}" value="4" checked' in answer.content.decode()
    assert not Rating.objects.exists()
    assert mother.post(page, {stars: "4", f"words--{case.number}": "很快"}).status_code == 302
    assert Rating.objects.get().words == "很快"
