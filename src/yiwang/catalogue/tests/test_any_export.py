"""Whatever bytes an export holds, what is wrong with it is told and nothing else is raised."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yiwang.catalogue.errors import ImportFaulty
from yiwang.catalogue.foreign import rows
from yiwang.catalogue.mapping import Mapping
from yiwang.kernel.words import Text

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)
BYTES = (
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda one: one.encode("utf-8", "surrogatepass"))
    | ANY.map(lambda one: json.dumps(one).encode())
    | st.lists(ANY, max_size=5).map(lambda many: b"\n".join(json.dumps(m).encode() for m in many))
    | st.text('",\n\r;a0\0', max_size=60).map(str.encode)
)


@pytest.mark.parametrize("format", ["json-lines", "json", "csv"])
@given(data=BYTES, encoding=st.sampled_from(["", "gb18030", "utf-16", "nothing", "utf-8-sig"]))
@example(data=b"[" * 100_000, encoding="")
@example(data=b'[{"a": ' + b"9" * 5000 + b"}]", encoding="")
@example(data=b'{"a": ' + b"9" * 5000 + b"}", encoding="")
@example(data=b'a,b\n"' + b"x" * 200_000 + b'",y\n', encoding="")
@example(data=b"a\0b,c\n1,2\n", encoding="")
@example(data=b"a,a\n1,2\n", encoding="")
def test_whatever_comes_is_read_or_told(format, data, encoding):
    mapping = Mapping(title=Text(zh="清单", en="List"), format=format, id="code", records="a.b")

    try:
        found = rows(data, mapping, file="export", encoding=encoding)
    except ImportFaulty as faulty:
        assert str(faulty)
    else:
        assert all(isinstance(row, dict) for _line, row in found)
