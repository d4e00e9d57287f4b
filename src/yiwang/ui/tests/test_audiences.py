import functools

import pytest
from django.views import View

from yiwang.ui.audiences import Audience, audience_of, desk, machine, operator, public, signed_in


def test_each_tag_says_who_and_which_permission():
    @public
    def one(request): ...

    @signed_in
    def two(request): ...

    @desk("cases.decide")
    def three(request): ...

    @operator("packs.load")
    def four(request): ...

    @machine(None)
    def five(request): ...

    assert [audience_of(v) for v in (one, two, three, four, five)] == [
        Audience("public"),
        Audience("my"),
        Audience("desk", "cases.decide"),
        Audience("operate", "packs.load"),
        Audience("api", None),
    ]


def test_a_class_keeps_its_tag_through_as_view():
    @desk("cases.read")
    class Worklist(View): ...

    assert audience_of(Worklist) == Audience("desk", "cases.read")
    assert audience_of(Worklist.as_view()) == Audience("desk", "cases.read")


def test_a_wrapped_view_keeps_its_tag():
    @signed_in
    def view(request): ...

    @functools.wraps(view)
    def wrapped(request): ...

    assert audience_of(wrapped) == Audience("my")


def test_a_view_without_tag_has_no_audience():
    assert audience_of(lambda request: None) is None


def test_a_desk_without_permission_is_refused():
    with pytest.raises(TypeError):

        @desk
        def view(request): ...
