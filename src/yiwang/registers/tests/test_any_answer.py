"""Whatever is typed, the answer is a value of the type or a sentence: never a crash."""

from __future__ import annotations

from datetime import date
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text
from yiwang.registers import dictionary
from yiwang.registers.declarations import Element, Format, Type

CODES = {"a": Text(zh="甲{x}", en="first {x}")}


def _type_of(format_):
    return "boolean" if format_ == "consent" else "text"


TITLE = Text(zh="某项{}", en="Something {0}")
ELEMENTS = [
    Element(id="it", title=TITLE, type=type_, codes=CODES if type_ == "code" else {})
    for type_ in get_args(Type)
] + [
    Element(id="it", title=TITLE, type=_type_of(format_), format=format_)
    for format_ in get_args(Format)
]
NUMBERLIKE = st.text("0123456789０１２３.,-+年月日/¥元Xx 　{}²", max_size=24)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ELEMENTS), st.one_of(st.text(max_size=60), NUMBERLIKE))
def test_an_answer_is_a_value_or_a_sentence(element, typed):
    try:
        value = dictionary.parse(element, typed, on=date(2026, 11, 21), field="f")
    except BadInput as fault:
        assert fault.text.zh and fault.text.en
        return

    assert dictionary.from_json(element, dictionary.to_json(value)) == value
    assert dictionary.parse(element, typed, on=date(2026, 11, 21), field="f") == value
    assert "\x00" not in str(value)
