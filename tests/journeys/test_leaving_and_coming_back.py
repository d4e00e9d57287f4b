"""She leaves in the middle, on another phone goes on, and nothing is asked twice."""

from __future__ import annotations

import re

import pytest

from tests.journeys.people import mother
from tests.journeys.visitor import DESKTOP
from tests.journeys.words import EN

pytestmark = pytest.mark.browser


def test_what_was_answered_on_the_phone_is_there_at_the_computer(visitor):
    phone = visitor()
    phone.sign_in(mother("leave"))
    number = phone.begin()
    phone.answer(until="社保卡选哪家银行")
    phone.page.close()

    computer = visitor(words=EN, size=DESKTOP)
    computer.sign_in(mother("leave"))
    computer.open("/")
    computer.see("Go on where you were", number)
    computer.look()
    computer.follow(re.compile("A child is born"))
    asked = computer.answer()
    assert len(asked) == 3
    computer.see("林小满")

    computer.follow(re.compile("Change.*Bank"))
    computer.look()
    computer.main.get_by_label("Jiangcheng Postal Savings").check()
    computer.press("Save")
    assert computer.path.endswith("/check/")
    computer.see("Jiangcheng Postal Savings")

    computer.begin()
    assert computer.number == number
