"""Characters, bigrams and sounds: what text is cut into. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import opencc

_SIMPLE = opencc.OpenCC("t2s")
_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
LONGEST = 60  # signs of a query that are read; nobody says more in one breath


def plain(text: str) -> str:
    """Small letters, half-width signs, simplified characters."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _SIMPLE.convert(folded) if not folded.isascii() else folded


def runs(text: str) -> list[str]:
    """The unbroken stretches of Chinese characters, or of letters and figures, of plain text."""
    return _RUN.findall(text)


def is_latin(run: str) -> bool:
    """Whether a run is letters and figures."""
    return run.isascii()


def bigrams(run: str) -> list[str]:
    """Every two neighbouring characters; a single one stands alone."""
    return [run[n : n + 2] for n in range(len(run) - 1)] or [run]


def tokens(text: str) -> Iterator[str]:
    """What plain text is indexed under: bigrams and characters, words of letters."""
    for run in runs(text):
        if is_latin(run):
            yield run
        else:
            yield from bigrams(run)
            if len(run) > 1:
                yield from run
