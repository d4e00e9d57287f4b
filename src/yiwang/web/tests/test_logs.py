from __future__ import annotations

import logging

import pytest

from yiwang.web.logs import DiscreetFormatter, discreet


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("no person 99010119900101123X here", "no person [identity number] here"),
        ("Key (credit)=(91990100MA0ABCDE1X)", "Key (credit)=([credit code])"),
        ("call 13800138000 now", "call [phone] now"),
        ("to li.hua+1@example.cn", "to [e-mail]"),
        ("at postgresql://amy:geheim@db:5432/x", "at postgresql://[sign-in]@db:5432/x"),
        ("GET /find?name=李华&id=7 HTTP", "GET /find?[query] HTTP"),
        ("case 2026112100012345 in 1732190000123 ms", "case 2026112100012345 in 1732190000123 ms"),
    ],
)
def test_what_names_a_person_is_blotted_out(said, written):
    assert discreet(said) == written


def test_a_traceback_is_discreet_too():
    try:
        raise ValueError("bad id 99010119900101123X")
    except ValueError as error:
        record = logging.LogRecord(
            "room", logging.ERROR, "", 0, "%s", ("13800138000",), (type(error), error, None)
        )

    line = DiscreetFormatter().format(record)

    assert "99010119900101123X" not in line
    assert "13800138000" not in line
    assert "ERROR room [phone]" in line


@pytest.mark.django_db
def test_the_number_on_the_page_stands_before_the_traceback(client, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("for 99010119900101123X")

    monkeypatch.setattr("yiwang.web.health.backlog", fail)
    client.raise_request_exception = False

    page = client.get("/health").content.decode()

    (record,) = [one for one in caplog.records if one.exc_info]
    line = DiscreetFormatter().format(record)
    number = line.split("[", 1)[1].split("]", 1)[0]
    assert len(number) == 12
    assert number in page
    assert "RuntimeError" in line
    assert "99010119900101123X" not in line
