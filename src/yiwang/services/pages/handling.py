"""After sending: giving what an office asks for, mending what was refused, rating, confirming."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext

from yiwang.cases.errors import OutOfOrder
from yiwang.cases.matters import given_since
from yiwang.cases.models import Case, Task
from yiwang.cases.states import Progress, State, Verb
from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.services.changeable import changeable, name_of_ask, read_by
from yiwang.services.item import Paper
from yiwang.services.matter import Ask, Matter
from yiwang.services.pages.known import row_of, shown
from yiwang.services.pages.naming import read_ask
from yiwang.services.pages.paper_fields import Wanted, wanted_paper
from yiwang.services.pages.questions import field_for
from yiwang.services.pages.standing import ItemCard, title_of_case
from yiwang.services.summary import lines
from yiwang.ui.fields import Field, Upload, Words
from yiwang.ui.parts import Row

WORDS = Text(zh="还有什么要说的", en="Anything you want to add")
WHY = Text(zh="原因", en="Why?")
IN_YOUR_WORDS = Text(zh="说说情况", en="In your words")
STARS = range(1, 6)
LONGEST = 500  # characters of what people say in their own words


def why_field() -> Field:
    """Why somebody withdraws or does not agree; nobody has to say."""
    return Field("words", WHY, "long_text", required=False, longest=LONGEST)


def rating_field(number: str = "") -> Field:
    """What somebody says beside their stars, of one item or of all."""
    name = f"words--{number}" if number else "words"
    return Field(name, IN_YOUR_WORDS, "long_text", required=False, longest=LONGEST)


@dataclass(frozen=True)
class Supply:
    """What an office asks for: its words, the values and the documents."""

    title: str
    office: Text
    phone: str
    note: str
    asks: tuple[Ask, ...]
    fields: tuple[Field, ...]
    papers: tuple[Wanted, ...]
    words: Field

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """Every field of the page, in order."""
        return (*self.fields, *(one.field for one in self.papers), self.words)


@dataclass(frozen=True)
class Mending:
    """An item that was not granted: what it read, what may be changed, what may be given."""

    card: ItemCard
    rows: tuple[Row, ...]
    known: tuple[Row, ...]
    papers: tuple[Wanted, ...]


def supply_task(case: Case) -> Task:
    """The open task of the person on a case; OutOfOrder where nothing is asked."""
    task = case.tasks.filter(verb=Verb.SUPPLY, state=Progress.OPEN).first()
    if task is None:
        raise OutOfOrder(case)
    return task


def supply(
    case: Case,
    task: Task,
    matter: Matter,
    *,
    typed: Mapping[str, str],
    wrong: Mapping[str, Words],
) -> Supply:
    """The page on which a person gives what was asked for."""
    office = matter.plan.pack.get(Department, case.department)
    asks = tuple(ask for name in task.asks if (ask := _fact(matter, name)))
    fields = tuple(
        _asked_field(matter, ask, typed.get(ask.name), wrong.get(ask.name, "")) for ask in asks
    )
    papers = tuple(
        _asked_paper(case.root, task, matter, name, wrong)
        for name in task.asks
        if name.startswith("paper:")
    )
    words = Field(
        "words", WORDS, "long_text", value=typed.get("words", ""), longest=LONGEST,
        required=not task.asks, error=wrong.get("words", ""),
    )  # fmt: skip
    return Supply(
        title_of_case(matter, case), office.title, office.phone, task.note, asks, fields,
        tuple(one for one in papers if one), words,
    )  # fmt: skip


def _fact(matter: Matter, name: str) -> Ask | None:
    kind, _, rest = name.partition(":")
    parts = rest.split(":")
    return read_ask(matter, "--".join((*parts, ""))) if kind == "fact" else None


def _asked_field(matter: Matter, ask: Ask, typed: str | None, error: Words) -> Field:
    """The field for a value asked for once more; what a register says of it stands in the help."""
    known = matter.known(ask)
    own = known is not None and known.source == "person"
    stands = None if known is None else known.usable if own else known.claimed
    field = field_for(matter, ask, value=stands if typed is None else typed, error=error)
    if known is None or own:
        return field
    on_record = gettext("On record: %(value)s.") % {"value": shown(matter, ask, known, known.value)}
    return replace(field, help=f"{on_record} {field.help}")


def _asked_paper(
    root: Case, task: Task, matter: Matter, name: str, wrong: Mapping[str, Words]
) -> Wanted | None:
    parts = name.split(":")
    if len(parts) != 4 or not parts[3].isdecimal():
        return None
    _, material, role, index = parts
    paper = paper_of(matter, material, role)
    if paper is None:
        return None
    wanted = wanted_paper(matter, paper, int(index), None, wrong)
    again = given_since(root, (material, role, int(index)), task.opened_at)
    return replace(wanted, given=again)


def paper_of(matter: Matter, material: str, role: str) -> Paper | None:
    """A material of a party that may be given as a file."""
    uses = matter.plan.papers.get((material, role), ())
    return next((paper for _, paper in uses if paper.declared.upload), None)


def mending(
    root: Case, case: Case, card: ItemCard, matter: Matter, wrong: Mapping[str, Words]
) -> Mending:
    """What a person may change before an item is examined again."""
    if not card.may_try_again:
        raise OutOfOrder(case)
    names = read_by(matter, case) & changeable(root)
    back = "?case=" + case.number
    rows: list[Row] = []
    known: list[Row] = []
    for line in lines(matter):
        if name_of_ask(line.ask) in names:
            row = row_of(matter, line, root.number)
            own = line.known.source == "person" or line.known.contested
            (rows if own else known).append(
                replace(row, change_url=row.change_url and row.change_url + back)
            )
    papers = []
    standing = matter.standing(matter.plan.by_id[case.what], case.index)
    for paper in standing.papers:
        if paper.needed is False or paper.paper.declared.upload is None or paper.had == "licence":
            continue
        upload = _standing_file(paper.reference) if paper.had == "file" else None
        papers.append(wanted_paper(matter, paper.paper, paper.index, upload, wrong))
    return Mending(card, tuple(rows), tuple(known), tuple(papers))


def _standing_file(reference: str) -> Upload:
    return Upload(str(Text(zh="已交的文件", en="The file you gave")), 0,
                  reverse("files:my", args=[reference]))  # fmt: skip


def may_give(root: Case, ask: Ask) -> bool:
    """Whether a value may still be given or changed now."""
    return root.state == State.DRAFT or name_of_ask(ask) in changeable(root)
