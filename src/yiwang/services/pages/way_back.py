"""Where "back" leads while answering: to the answer given last."""

from __future__ import annotations

from django.urls import reverse

from yiwang.rules import Column
from yiwang.services.matter import Ask, Known, Matter


def last_answer(matter: Matter, number: str) -> str:
    """The address of the newest answer of the person; empty where none was given yet."""
    given = [(known, key) for key, known in matter.facts.items() if known.source == "person"]
    if not given:
        return ""
    _, (role, index, element, item) = max(given, key=lambda one: _age(one[0]))
    ask = Ask(Column(role, element), index, item)
    return reverse("services:change", args=[number, ask.name])


def _age(known: Known) -> float:
    return known.as_of.timestamp() if known.as_of else 0.0
