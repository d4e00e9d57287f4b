from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.pack.cycles import cycles


def test_nothing_leads_back():
    assert cycles({"a": ["b", "c"], "b": ["c"], "c": []}) == []


def test_each_circle_is_told_once_where_it_is_first_met():
    assert cycles({"a": ["b"], "b": ["c"], "c": ["b"]}) == [("b", "c")]
    assert cycles({"a": ["a"]}) == [("a",)]


def test_a_chain_of_ten_thousand_is_followed():
    chain = {str(n): [str(n + 1)] for n in range(10_000)}

    assert cycles(chain) == []
    assert len(cycles({**chain, "10000": ["0"]})[0]) == 10_001


NAMES = st.integers(0, 6).map(str)


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=4), max_size=7))
def test_every_circle_told_is_one_and_none_is_missed(leads):
    found = cycles(leads)

    for circle in found:
        for here, there in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert there in leads[here]
    assert bool(found) == any(reaches(leads, name, name) for name in leads)


def reaches(leads, start, end) -> bool:
    seen, waiting = set(), list(leads[start])
    while waiting:
        name = waiting.pop()
        if name == end:
            return True
        if name not in seen:
            seen.add(name)
            waiting += leads.get(name, [])
    return False
