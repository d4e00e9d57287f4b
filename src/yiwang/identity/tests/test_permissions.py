from __future__ import annotations

import pytest

from yiwang.identity.actions import retire_staff
from yiwang.identity.permissions import holds, permissions_of, require, services_of
from yiwang.identity.tests.town import BY, clerk
from yiwang.kernel.errors import NotAllowed
from yiwang.kernel.words import speaking


def test_a_role_allows_what_it_names_in_its_department_and_items(town):
    staff = clerk().staff

    assert holds(staff, "cases.decide", department="health", service="births")
    assert not holds(staff, "cases.decide", department="police", service="births")
    assert not holds(staff, "cases.decide", department="health", service="deaths")
    assert not holds(staff, "cases.accept", department="health", service="births")


def test_asking_nowhere_in_particular_asks_anywhere(town):
    staff = clerk().staff

    assert holds(staff, "cases.decide")
    assert not holds(staff, "operations.view")


def test_a_city_wide_permission_reaches_other_departments(town):
    staff = clerk("sun", "supervisor").staff

    assert holds(staff, "supervision.view", department="police")


def test_roles_the_pack_does_not_know_allow_nothing(town):
    staff = clerk("sun", "emperor").staff

    assert permissions_of(staff) == frozenset()


def test_someone_let_go_may_do_nothing(town):
    staff = clerk().staff

    staff = retire_staff(staff.id, by=BY)

    assert not holds(staff, "cases.decide", department="health", service="births")
    assert permissions_of(staff) == frozenset()


def test_a_refusal_says_what_and_whom_to_ask(town):
    staff = clerk("sun", "reader").staff

    with pytest.raises(NotAllowed) as refused, speaking("en"):
        require(staff, "operations.view")
        pytest.fail("not reached")
    with speaking("en"):
        assert "see how the system runs" in str(refused.value)
    with pytest.raises(NotAllowed) as refused:
        require(staff, "worklist.view", department="police")
    assert "police" in str(refused.value)


def test_all_staff_enter_the_desk_until_they_are_let_go(town):
    staff = clerk("sun", "nothing").staff

    assert holds(staff, "desk.enter")
    staff.active = False
    assert not holds(staff, "desk.enter")


def test_in_which_items_a_permission_reaches(town):
    assert services_of(clerk("zhou", "clerk").staff, "worklist.view") == {"births"}
    assert services_of(clerk("both", "clerk", "reader").staff, "worklist.view") is None
    assert services_of(clerk("wu", "reader").staff, "cases.decide") == frozenset()
