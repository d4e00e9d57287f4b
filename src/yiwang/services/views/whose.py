"""Which matter an address names, and whether it is theirs who asks."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.cases.errors import NoSuchCase
from yiwang.cases.models import Case
from yiwang.identity.models import Person
from yiwang.ledger.actions import Actor
from yiwang.services.matter import Ask, Matter
from yiwang.services.pages.naming import read_ask
from yiwang.services.queries import root_of


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; the audience of the view made sure that there is one."""
    return request.person  # type: ignore[attr-defined,no-any-return]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def my_root(request: HttpRequest, number: str) -> Case:
    """The root case with this number; NoSuchCase where it is not theirs."""
    return root_of(number, person_of(request).id)


def ask_in(matter: Matter, name: str) -> Ask:
    """The question an address names; NoSuchCase where this matter has none of that name."""
    ask = read_ask(matter, name)
    if ask is None:
        raise NoSuchCase()
    return ask
