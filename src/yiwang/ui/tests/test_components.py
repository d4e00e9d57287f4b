from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from yiwang.ui.parts import Card, PageOf, Row, Step


def drawn(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_an_icon_is_a_use_of_the_sprite_hidden_from_screen_readers():
    html = drawn('{% icon "home" %}')

    assert 'aria-hidden="true"' in html
    assert '#home"' in html
    assert drawn('{% icon "" %}') == ""


@pytest.mark.parametrize(
    ("left", "unit", "words"),
    [
        (3, "working", "还剩 3 个工作日"),
        (12, "natural", "还剩 12 天"),
        (0, "working", "今天到期"),
        (-2, "working", "已超期 2 个工作日"),
        (-1, "natural", "已超期 1 天"),
    ],
)
def test_days_left_in_chinese(left, unit, words):
    assert drawn("{% days_left n u %}", n=left, u=unit) == words


@pytest.mark.parametrize(
    ("left", "unit", "words"),
    [
        (1, "working", "1 working day left"),
        (3, "natural", "3 days left"),
        (0, "natural", "Due today"),
        (-1, "working", "1 working day late"),
    ],
)
def test_days_left_in_english(english, left, unit, words):
    assert drawn("{% days_left n u %}", n=left, u=unit) == words


@pytest.mark.parametrize(
    ("left", "tone"), [(9, "calm"), (3, "soon"), (1, "urgent"), (0, "urgent"), (-1, "late")]
)
def test_a_deadline_is_coloured_only_when_it_is_near(left, tone):
    html = drawn("{% deadline n d %}", n=left, d=date(2026, 11, 26))

    assert f"is-{tone}" in html
    assert 'datetime="2026-11-26"' in html


def test_a_timeline_says_how_far_each_step_is_in_words():
    steps = [
        Step("Sent", "done", at=datetime(2026, 11, 21, 1, 12, tzinfo=UTC)),
        Step("Registered", "waiting", by="Police"),
        Step("Insured", "now", due=date(2026, 11, 26)),
        Step("Card", "next"),
        Step("Refund", "refused"),
    ]
    html = drawn("{% timeline s %}", s=steps)

    for words in ("已完成", "等您补充", "办理中", "未开始", "不予办理", "2026年11月26日前办结"):
        assert words in html
    assert html.count('aria-current="step"') == 2
    assert 'datetime="2026-11-21T01:12:00+00:00"' in html


def test_a_status_needs_no_colour_to_be_read():
    html = drawn('{% status "Refused" "bad" %}')

    assert "Refused" in html and "circle-x" in html


def test_an_unknown_tone_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        drawn('{% status "x" "purple" %}')


def test_a_summary_offers_to_change_or_to_answer():
    html = drawn(
        "{% summary_list r %}",
        r=[Row("Name", "<Lin>", "/change/"), Row("Clinic", missing=True, change_url="/ask/")],
    )

    assert "&lt;Lin&gt;" in html
    assert "修改" in html and "填写" in html and "还没有填写" in html
    assert '<span class="visually-hidden">: Name</span>' in html


def test_boxes_hold_what_stands_between_their_tags():
    assert "<p>in</p>" in drawn('{% notice "warn" title="T" %}<p>in</p>{% endnotice %}')
    assert "<p>in</p>" in drawn('{% card title="T" url="/x/" %}<p>in</p>{% endcard %}')
    assert "J-1" in drawn('{% sent title="T" number="J-1" %}<p>in</p>{% endsent %}')
    assert "<p>in</p>" in drawn('{% empty title="T" %}<p>in</p>{% endempty %}')
    assert '<dialog class="y-dialog" id="d"' in drawn('{% dialog "d" title="T" %}x{% enddialog %}')
    assert '<caption class="visually-hidden">C</caption>' in drawn(
        '{% table caption="C" %}<tbody></tbody>{% endtable %}'
    )


def test_a_value_inside_a_box_is_escaped_once():
    html = drawn("{% card title=t %}{{ v }}{% endcard %}", t="<b>", v="<i>")

    assert "&lt;b&gt;" in html and "&lt;i&gt;" in html and "&amp;" not in html


def test_only_bad_notices_interrupt_a_screen_reader():
    assert 'role="alert"' in drawn('{% notice "bad" %}x{% endnotice %}')
    assert 'role="alert"' not in drawn('{% notice "info" %}x{% endnotice %}')


def test_pages_are_near_first_and_last():
    assert list(PageOf(1, 1).numbers) == [1]
    assert list(PageOf(4, 12).numbers) == [1, None, 3, 4, 5, None, 12]
    assert list(PageOf(2, 3).numbers) == [1, 2, 3]
    assert drawn("{% pager p %}", p=PageOf(1, 1)).strip() == ""
    assert 'href="?q=x&amp;page=3"' in drawn("{% pager p %}", p=PageOf(2, 3, "?q=x&"))


def test_a_licence_says_until_when_it_holds():
    html = drawn("{% licence_card c %}", c=Card("Permit", "Lin", expires=date(2027, 1, 2)))

    assert "有效期至2027年1月2日" in html


def test_crumbs_end_where_you_are():
    html = drawn('{% crumbs "Home" "/" "My matters" "/my/" "This" %}')

    assert '<a href="/">Home</a>' in html
    assert '<span aria-current="page">This</span>' in html


def test_progress_is_told_in_words():
    assert "第 2 部分，共 5 部分" in drawn("{% progress 2 5 %}")
