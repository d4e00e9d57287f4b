from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from yiwang.kernel.words import Text
from yiwang.ui.fields import Choice, Field, Problem, Upload, problems


def drawn(field: Field) -> str:
    return Template("{% load ui %}{% field f %}").render(Context({"f": field}))


def choices(count: int) -> list[Choice]:
    return [Choice(f"c{n}", f"Choice {n}") for n in range(count)]


def test_a_text_names_its_label_help_and_error():
    html = drawn(Field("child.name", "Name", help="As written", error="Missing"))

    assert '<label class="y-label" for="f-child-name">Name' in html
    assert 'aria-describedby="f-child-name-error f-child-name-help"' in html
    assert 'aria-invalid="true"' in html
    assert 'name="child.name"' in html


def test_six_codes_are_radios_and_seven_a_select():
    assert Field("a", "A", "code", codes=choices(6)).widget == "radios"
    assert Field("a", "A", "code", codes=choices(7)).widget == "select"
    html = drawn(Field("a", "A", "code", codes=choices(7), value="c3"))
    assert '<option value="c3" selected>' in html


def test_yes_and_no_are_radios_with_the_answer_chosen():
    html = drawn(Field("a", "A", "boolean", value=False))

    assert 'id="f-a-1" name="a" value="yes">' in html
    assert 'id="f-a-2" name="a" value="no" checked>' in html
    assert "是" in html and "否" in html


def test_several_codes_are_checkboxes():
    html = drawn(Field("a", "A", "codes", codes=choices(3), value=["c0", "c2"]))

    assert html.count('type="checkbox"') == 3
    assert html.count(" checked") == 2


def test_a_date_carries_its_bounds_as_machines_write_them():
    html = drawn(
        Field(
            "d",
            "D",
            "date",
            value=date(2026, 11, 3),
            minimum=date(2026, 1, 1),
            maximum=date(2026, 11, 21),
        )
    )

    assert 'value="2026-11-03" min="2026-01-01" max="2026-11-21"' in html


def test_what_a_person_typed_wrongly_stands_there_again():
    assert 'value="12 Nov"' in drawn(Field("d", "D", "date", value="12 Nov", error="Not a date"))


def test_script_in_a_value_stays_text():
    html = drawn(Field("n", "<b>N</b>", value='"><script>alert(1)</script>', error="<i>x</i>"))

    assert "<script>" not in html and "<b>" not in html and "<i>" not in html


def test_a_prefilled_value_tells_its_source_and_day_and_may_be_contested():
    field = Field(
        "n",
        "N",
        value="林",
        source=Text(zh="户籍登记", en="Households"),
        as_of=date(2026, 11, 1),
        wrong_url="/w/",
    )
    html = drawn(field)

    assert "户籍登记 · 2026年11月1日" in html
    assert 'href="/w/"' in html and "信息有误" in html
    assert "待核对" not in html
    assert "待核对" in drawn(Field("n", "N", value="林", source="x", provisional=True))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (Field("f", "F", value=None, fixed=True), "未知"),
        (Field("f", "F", "boolean", value=True, fixed=True), "是"),
        (Field("f", "F", "money", value=Decimal("12.5"), fixed=True), "¥12.50"),
        (Field("f", "F", "date", value=date(2026, 11, 3), fixed=True), "2026年11月3日"),
        (Field("f", "F", "integer", value=3250, unit="克", fixed=True), "3250 克"),
        (
            Field("f", "F", "codes", codes=choices(3), value=["c0", "c1"], fixed=True),
            "Choice 0、Choice 1",
        ),
    ],
)
def test_a_fixed_value_is_shown_as_a_person_reads_it(field, words):
    html = drawn(field)

    assert f">{words}</p>" in html
    assert "<input" not in html


def test_a_file_tells_what_it_takes_and_what_is_there():
    html = drawn(
        Field(
            "m", "M", "file", accept="image/*", max_bytes=10_000_000, many=True,
            value=[Upload("a.jpg", 2_340_000, "/f/1", "/f/1/remove")],
        )
    )  # fmt: skip

    assert 'accept="image/*" multiple data-max-bytes="10000000"' in html
    assert "2.3 MB" in html and 'formaction="/f/1/remove"' in html
    assert "每个不超过 10 MB" in html


def test_a_signature_code_is_six_digits_a_phone_may_fill():
    html = drawn(Field("s", "S", "signature_code", send_url="/send/"))

    assert 'inputmode="numeric" autocomplete="one-time-code"' in html
    assert 'formaction="/send/"' in html


def test_an_identity_number_is_not_spelled_or_remembered():
    html = drawn(Field("i", "I", "identity_number"))

    assert 'autocapitalize="characters" autocomplete="off" spellcheck="false"' in html


def test_problems_lead_to_the_first_control_of_their_question():
    fields = [
        Field("a.b", "A"),
        Field("c", "C", error="Wrong"),
        Field("d", "D", "boolean", error="Choose"),
    ]

    assert problems(fields) == [Problem("Wrong", "f-c"), Problem("Choose", "f-d-1")]
    html = Template("{% load ui %}{% error_summary f %}").render(Context({"f": fields}))
    assert '<a href="#f-c">Wrong</a>' in html and '<a href="#f-d-1">Choose</a>' in html


def test_no_problems_no_summary():
    html = Template("{% load ui %}{% error_summary f %}").render(Context({"f": [Field("a", "A")]}))

    assert html.strip() == ""
