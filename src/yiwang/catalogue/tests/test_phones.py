from __future__ import annotations

import pytest

from yiwang.catalogue.phones import broken, own, phones


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0199-81200101", ["019981200101"]),
        ("（0199）8120 0101", ["019981200101"]),
        ("(86199)8120 0101", ["019981200101"]),
        ("0199－81200101", ["019981200101"]),
        ("窗口：0199-81200101、81200102", ["019981200101", "019981200102"]),
        ("400-8120-010", ["4008120010"]),
        ("手机 13812345678", ["13812345678"]),
        ("拨打12345或0199-81200101", ["12345", "019981200101"]),
        ("0199-12345-1-2", ["12345"]),
        ("见 http://a.example/81200101 或 81200101@a.example", []),
        ("微信 gh_a1e81200101", []),
        ("周一至周五 08:30-12:00", []),
        ("无", []),
        ("", []),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str, digits: list[str]):
    assert [one.digits for one in phones(text)] == digits


def test_a_hotline_is_nobodys_own_number():
    assert own("12345、95598") == ()
    assert [one.digits for one in own("0199-81200101、12345")] == ["019981200101"]


def test_a_number_alone_lacks_its_area_code():
    assert [one.sort for one in phones("81200101")] == ["no-area"]


def test_numbers_with_too_many_or_too_few_digits():
    assert broken("0199-8120010100；020-8313603") == ("0199-8120010100", "020-8313603")
    assert broken("0199-81200101转8，12345") == ()
