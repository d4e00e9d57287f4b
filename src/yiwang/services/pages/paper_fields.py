"""Documents to give, as fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.files.queries import documents_of
from yiwang.kernel.words import Text
from yiwang.services.item import Paper
from yiwang.services.matter import Matter
from yiwang.services.pages.check import PaperLine, paper_line
from yiwang.services.pages.naming import titled
from yiwang.ui.fields import Field, Upload, Words

MEGABYTE = 1_000_000
ENDINGS = {"jpg": ".jpg,.jpeg,image/jpeg", "png": ".png,image/png", "pdf": ".pdf,application/pdf"}


@dataclass(frozen=True)
class Wanted:
    """A document to give: which material of which party, and the field that takes it."""

    material: str
    role: str
    index: int
    field: Field
    given: bool

    @property
    def key(self) -> tuple[str, str, int]:
        """Where the file is kept."""
        return (self.material, self.role, self.index)


def wanted_papers(
    matter: Matter, root_id: object, number: str, wrong: Mapping[str, Words]
) -> list[Wanted]:
    """Every document the person gives as a file, given or not, each once."""
    files = {str(one.id): one for one in documents_of(root_id)}  # type: ignore[arg-type]
    found: dict[tuple[str, str, int], Wanted] = {}
    for standing in matter.standings:
        for paper in standing.papers:
            if not paper.needed or not (paper.open or paper.had == "file"):
                continue
            file = files.get(paper.reference)
            upload = file and Upload(
                file.name, file.size, reverse("files:my", args=[file.id]),
                reverse("services:take_back", args=[number, file.id]),
            )  # fmt: skip
            key = (paper.paper.key[0], paper.paper.role, paper.index)
            found.setdefault(
                key, wanted_paper(matter, paper.paper, paper.index, upload or None, wrong)
            )
    return list(found.values())


def wanted_paper(
    matter: Matter, paper: Paper, index: int, upload: Upload | None, wrong: Mapping[str, Words]
) -> Wanted:
    """One document as a field."""
    material, role = paper.key
    name = f"paper--{material}--{role}--{index}"
    declared = paper.declared
    assert declared.upload is not None
    title: Text | str = declared.title
    if len(matter.indexes(role)) > 1:
        who = titled(matter, role, index)
        title = gettext("%(what)s (%(who)s)") % {"what": declared.title, "who": who}
    field = Field(
        name,
        title,
        "file",
        help=declared.why or "",
        value=(upload,) if upload else (),
        error=wrong.get(name, ""),
        accept=",".join(ENDINGS[one] for one in declared.upload.accept),
        max_bytes=declared.upload.max_mb * MEGABYTE,
        capture=True,
        required=upload is None,
    )
    return Wanted(material, role, index, field, upload is not None)


def had_papers(matter: Matter, number: str) -> list[PaperLine]:
    """Documents nobody needs to upload: in a wallet, or issued on the way."""
    found: dict[tuple[str, str, int], PaperLine] = {}
    for standing in matter.standings:
        for paper in standing.papers:
            if paper.needed and paper.had in ("licence", "later"):
                key = (paper.paper.key[0], paper.paper.role, paper.index)
                found.setdefault(key, paper_line(matter, paper, number))
    return list(found.values())
