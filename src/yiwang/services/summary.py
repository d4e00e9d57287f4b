"""What the applicant sends, said in full: this is what is signed, and digested. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yiwang.kernel.canonical import digest
from yiwang.kernel.words import Text
from yiwang.registers import dictionary
from yiwang.rules import Column
from yiwang.services.asking import section_of
from yiwang.services.matter import Ask, Known, Matter
from yiwang.services.plan import EXISTS


@dataclass(frozen=True)
class Line:
    """One value of the summary. `title` is the element's, `of` whose it is."""

    ask: Ask
    title: Text
    of: Text
    known: Known
    section: str


def lines(matter: Matter) -> list[Line]:
    """Every value some item that applies will read, in the order questions have."""
    plan = matter.plan
    rank = {slot.column: n for n, slot in enumerate(plan.slots)}
    reads = {
        (column, at)
        for standing in matter.standings
        if standing.applies is not False
        for column in matter.leaves(standing.item.needs())
        for at in matter.indexes_for(standing.item, column.party, standing.index)
    }
    found = []
    for (role, index, element, for_item), known in matter.facts.items():
        ask = Ask(Column(role, element), index, for_item)
        if element == EXISTS or (ask.column, index) not in reads or known.source == "case":
            continue
        found.append(
            Line(
                ask,
                plan.elements[element].title,
                whose(matter, ask),
                known,
                section_of(matter, ask),
            )
        )
    return sorted(found, key=lambda line: (rank.get(line.ask.column, 999), line.ask.index))


def whose(matter: Matter, ask: Ask) -> Text:
    """Whose value it is: the party's title, numbered where there are several."""
    party = matter.plan.parties.get(ask.column.party)
    if party is None:
        return Text(zh="", en="")
    if len(matter.indexes(ask.column.party)) < 2:
        return party.title
    return Text(zh=f"{party.title.zh}{ask.index + 1}", en=f"{party.title.en} {ask.index + 1}")


def signed_text(matter: Matter) -> dict[str, Any]:
    """What is signed: the matter, its items, every value as it will be read."""
    return {
        "matter": matter.plan.id,
        "pack": matter.plan.pack.hash,
        "items": [
            [standing.item.id, standing.index]
            for standing in matter.standings
            if standing.applies
        ],
        "values": {
            line.ask.name: dictionary.to_json(line.known.usable) for line in lines(matter)
        },
        "papers": sorted(f"{key}:{role}:{index}:{file}" for (key, role, index), file in
                         matter.files.items()),
    }  # fmt: skip


def summary_digest(matter: Matter) -> str:
    """The digest a signature is bound to."""
    return digest(signed_text(matter))
