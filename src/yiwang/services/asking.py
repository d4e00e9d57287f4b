"""What to ask next: only what is unknown and still matters, best question first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.rules import Column
from yiwang.services.matter import COUNT, Ask, Matter, Member, Standing
from yiwang.services.plan import EXISTS, Slot

PAGE = 5


@dataclass(frozen=True)
class Page:
    """The questions put together on one screen. `done` and `total` count sections."""

    section: str
    asks: tuple[Ask, ...]
    done: int
    total: int


def open_questions(matter: Matter) -> tuple[Ask, ...]:
    """Every question that must be answered now, in the order to ask it."""
    found: dict[Ask, None] = dict.fromkeys(_counts(matter))
    for standing in matter.standings:
        if standing.applies is not False:
            found.update(dict.fromkeys(_of_standing(matter, standing)))
    rank = {slot: n for n, slot in enumerate(matter.plan.slots)}
    return tuple(sorted(found, key=lambda ask: _rank(matter, rank, ask)))


def _rank(matter: Matter, rank: dict[Slot, int], ask: Ask) -> tuple[int, int]:
    """How many there are of a party comes before anything else of its section."""
    if ask.column.element != COUNT:
        return rank.get(Slot(ask.column, ask.for_item), len(rank)), ask.index
    own = section_of(matter, ask)
    same = [n for slot, n in rank.items() if matter.plan.section_of(slot.column) == own]
    return min(same, default=0), -1


def _counts(matter: Matter) -> list[Ask]:
    """How many there are of a party that may be many and that no register told of;
    not of those whom only a register can tell."""
    return [
        Ask(Column(role, COUNT), 0)
        for role, party in matter.plan.parties.items()
        if party.many
        and party.how_many is not None
        and not matter.indexes(role)
        and not matter.nobody(role)
        and (role, 0, COUNT) not in matter.awaited
    ]


def _of_standing(matter: Matter, standing: Standing) -> list[Ask]:
    item, found = standing.item, []
    for column in matter.leaves(standing.missing):
        if column in item.outputs or column in matter.plan.outputs:
            continue
        for ask in _asks(matter, standing, column):
            if matter.known(ask) is None and _askable(matter, ask):
                found.append(ask)
    return found


def _asks(matter: Matter, standing: Standing, column: Column) -> list[Ask]:
    """The question behind a column, for each instance it is missing of."""
    item = standing.item
    anew = item.id if (item.id, column) in matter.plan.anew else ""
    party = matter.plan.parties.get(column.party)
    if party and party.many and column.party != item.per:
        return [Ask(column, index, anew) for index in matter.indexes(column.party)]
    return [matter.asked(item, column, standing.index)]


def _askable(matter: Matter, ask: Ask) -> bool:
    role, index, element, _ = ask.key
    if (role, index, element) in matter.awaited:
        return False
    if element == EXISTS:
        asked = matter.plan.parties[role].exists is not None
        return asked and _exists_open(matter, role, index)
    member = matter.member(role, index)
    if member is not None and (member.exists is False or _still_looked_for(matter, member)):
        return False
    return matter.plan.elements[element].ask is not None


def _still_looked_for(matter: Matter, member: Member) -> bool:
    """Whether only a register can tell that there is such a party, and has not been asked yet."""
    party = matter.plan.parties[member.role]
    return member.exists is None and party.optional and party.exists is None


def _exists_open(matter: Matter, role: str, index: int) -> bool:
    member = matter.member(role, index)
    return member is None or member.exists is None


def next_page(matter: Matter, *, size: int = PAGE) -> Page | None:
    """The next screen of questions; None once nothing is left to ask."""
    asks = open_questions(matter)
    if not asks:
        return None
    sections = [section_of(matter, ask) for ask in asks]
    first = sections[0]
    same = [ask for ask, section in zip(asks, sections, strict=True) if section == first]
    total = max(len(all_sections(matter)), 1)
    done = total - len(dict.fromkeys(sections))
    return Page(first, tuple(together(same, size)), max(done, 0), total)


def together(asks: Sequence[Ask], size: int) -> list[Ask]:
    """The first questions that concern one party instance (a twin is not mixed with the other).

    Whether someone exists, and how many there are, is asked alone: the rest hangs on it.
    """
    if asks[0].column.element in (EXISTS, COUNT):
        return [asks[0]]
    who = (asks[0].column.party, asks[0].index)
    plain = [a for a in asks if a.column.element not in (EXISTS, COUNT)]
    return [ask for ask in plain if (ask.column.party, ask.index) == who][:size]


def section_of(matter: Matter, ask: Ask) -> str:
    """The section a question belongs to."""
    if ask.column.element == COUNT:
        return matter.plan.section_of_party(ask.column.party)
    return matter.plan.section_of(ask.column)


def all_sections(matter: Matter) -> list[str]:
    """Sections this matter has questions in, answered or not, in order."""
    answered = [
        Ask(Column(role, element), index, item)
        for (role, index, element, item), known in matter.facts.items()
        if known.source == "person"
    ]
    open_ = open_questions(matter)
    return list(dict.fromkeys(section_of(matter, ask) for ask in (*answered, *open_)))


def open_papers(matter: Matter) -> tuple[tuple[str, str, int], ...]:
    """Documents the person still has to give: (key, role, index), each once."""
    found: dict[tuple[str, str, int], None] = {}
    for standing in matter.standings:
        for paper in standing.papers:
            if paper.needed and paper.open:
                found[(paper.paper.key[0], paper.paper.role, paper.index)] = None
    return tuple(found)


def is_complete(matter: Matter) -> bool:
    """Whether nothing is left to ask or to give."""
    return not open_questions(matter) and not open_papers(matter)
