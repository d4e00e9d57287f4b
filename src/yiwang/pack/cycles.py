"""Circles in what leads to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def cycles(leads: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The circles met when following `leads` from each name; each once, beginning where first met.

    `leads` maps a name to the names it leads to; names without an entry lead nowhere. Every name
    that lies on a circle is in at least one of those told.
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in leads:
        if start not in done:
            _follow(start, leads, done, found)
    return found


def _follow(
    start: str,
    leads: Mapping[str, Iterable[str]],
    done: set[str],
    found: list[tuple[str, ...]],
) -> None:
    """Depth first without recursion: a pack may chain ten thousand names."""
    way: list[str] = [start]
    place = {start: 0}
    branches = [iter(leads.get(start, ()))]
    while way:
        following = next(branches[-1], None)
        if following is None:
            branches.pop()
            last = way.pop()
            del place[last]
            done.add(last)
        elif following in place:
            found.append(tuple(way[place[following] :]))
        elif following not in done:
            place[following] = len(way)
            way.append(following)
            branches.append(iter(leads.get(following, ())))
