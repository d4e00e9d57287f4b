"""Log lines that name no one: identity numbers, phones, addresses and secrets are blotted out."""

from __future__ import annotations

import logging
import re

_BLOTS = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "[identity number]"),
    (
        re.compile(r"(?<![\dA-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![\dA-Z])"),
        "[credit code]",
    ),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "[phone]"),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"), "[e-mail]"),
    (re.compile(r"(?<=://)[^/@\s:]*:[^/@\s]*@"), "[sign-in]@"),
    (re.compile(r"\?[^\s\"']*=[^\s\"']*"), "?[query]"),
)


def discreet(text: str) -> str:
    """`text` without what could name a person or open a door."""
    for pattern, blot in _BLOTS:
        text = pattern.sub(blot, text)
    return text


class DiscreetFormatter(logging.Formatter):
    """One line: when, how grave, which part, the id a person can quote, what happened."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(defect)s%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, and a traceback under it, with everything personal blotted out."""
        defect = getattr(getattr(record, "request", None), "defect_id", "")
        record.defect = f"[{defect}] " if defect else ""
        return discreet(super().format(record))


class NotHealth(logging.Filter):
    """That `/health` says 503 is its answer, not news for the log each second."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is about anything else."""
        return getattr(getattr(record, "request", None), "path", "") != "/health"
