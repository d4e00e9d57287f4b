"""The kind this room owns: vocabulary."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Declaration, Kind, Part


class Meaning(Part):
    """Words people use, and what the offices call it.

    `means` are the offices' words, best first; several words in one, cut by spaces, must all be
    there. Give the words in Chinese, in English, or both.
    """

    say: Annotated[tuple[str, ...], Field(min_length=1)]
    """What people say: one or several ways of saying the same."""
    means: tuple[str, ...] = ()
    """What the offices call it, best first; none: the words themselves."""
    weight: Annotated[float, Field(gt=0, le=1)] = 1.0
    """How much it says about what is wanted: an action or a person says less than a thing."""


class Vocabulary(Declaration):
    """Everyday words and what they mean, so that people find things by what they say.

    The program brings a general one; a city adds its own words here, which come first.
    """

    title: Text
    """What these words are about."""
    words: tuple[Meaning, ...] = ()
    """Everyday words and what the offices call them."""
    fillers: tuple[str, ...] = ()
    """Words that say nothing about what is wanted: I would like, how do I."""


KINDS.add(
    "vocabulary",
    Kind("vocabulary", "vocabulary", Vocabulary, Text(zh="常用说法", en="vocabulary")),
)
