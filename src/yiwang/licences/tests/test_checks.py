from __future__ import annotations

import pytest

from yiwang.kernel.words import Text
from yiwang.licences import checks
from yiwang.licences.declarations import LicenceKind
from yiwang.pack.pack import Pack

A = Text(zh="证", en="Card")


def told(number: str, fields: tuple[str, ...] = ("name",)) -> list[tuple[tuple, str]]:
    kind = LicenceKind(id="k", title=A, issuer="d", fields=fields, number=number, about=A)
    pack = Pack({"licence-kind": {"k": kind}}, "")
    return [(one.path, one.code) for one in checks.licence_kinds(pack)]


def test_a_sound_kind_has_no_problem():
    assert told("J{region}-{year}-{serial:06}") == []


@pytest.mark.parametrize("number", ["{", "{serial", "{nobody}", "{serial:x6y}", "{0}", "{year.x}"])
def test_a_number_nobody_could_make_is_told(number):
    assert told(number) == [(("number",), "number")]


def test_a_field_stands_once():
    assert told("{serial}", ("name", "sex", "name")) == [(("fields", 2), "field-twice")]
