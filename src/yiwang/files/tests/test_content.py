from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.files.content import BROKEN, EMPTY, LOCKED, checked, in_words, plain_name
from yiwang.files.tests.samples import LOCKED_PDF, PDF, jpg, png
from yiwang.kernel.errors import BadInput

ALL = ("pdf", "jpg", "png")


@pytest.mark.parametrize(("data", "format"), [(PDF, "pdf"), (png(), "png"), (jpg(), "jpg")])
def test_what_it_is_is_told_by_its_bytes(data, format):
    assert checked("f", data, ALL) == format


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", EMPTY),
        (LOCKED_PDF, LOCKED),
        (PDF[:-7], BROKEN),
        (png()[:-12], BROKEN),
        (png(0, 5), BROKEN),
        (jpg()[:-2], BROKEN),
        (jpg()[:30], BROKEN),
    ],
)
def test_what_a_clerk_could_not_open_is_refused(data, why):
    with pytest.raises(BadInput) as wrong:
        checked("photo", data, ALL)

    assert (wrong.value.field, wrong.value.text) == ("photo", why)


@pytest.mark.parametrize("data", [png(30000, 30000), jpg(60000, 60000)])
def test_a_picture_too_large_to_open_is_refused_by_its_header(data):
    with pytest.raises(BadInput) as wrong:
        checked("photo", data, ALL)

    assert "0000 × " in wrong.value.text.en


@pytest.mark.parametrize(
    "data", [b"MZ\x90\0" + b"\0" * 60, b"<svg/>", b"GIF89a" + b"\0" * 40, b"x"]
)
def test_other_kinds_are_refused_naming_what_we_take(data):
    with pytest.raises(BadInput) as wrong:
        checked("photo", data, ALL)

    assert "PDF, JPG or PNG" in wrong.value.text.en
    assert "PDF、JPG 或 PNG" in wrong.value.text.zh


def test_a_kind_we_know_but_did_not_ask_for_is_refused():
    with pytest.raises(BadInput):
        checked("photo", PDF, ("jpg", "png"))


def test_kinds_in_words():
    assert in_words(["pdf"]).en == "PDF"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("..\\..\\证明 1.pdf", "证明 1.pdf"),
        ("/etc/passwd", "passwd"),
        ("a\r\nb\0.jpg", "ab.jpg"),
        ("", "document"),
        ("...", "document"),
        ("长" * 300 + ".jpeg", "长" * 115 + ".jpeg"),
    ],
)
def test_names_are_made_harmless(name, plain):
    assert plain_name(name) == plain


@given(st.binary(max_size=200), st.sampled_from([b"", PDF[:9], png()[:24], jpg()[:40]]))
def test_no_bytes_bring_it_down(tail, head):
    try:
        checked("f", head + tail, ALL)
    except BadInput as wrong:
        assert wrong.text.zh and wrong.text.en
