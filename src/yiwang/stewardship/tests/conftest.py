from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from yiwang.identity.actions import open_account, person_for, register_staff
from yiwang.identity.models import Person, Staff
from yiwang.pack import queries
from yiwang.registers import followers, gate
from yiwang.registers.actions import load_rows
from yiwang.registers.declarations import Register
from yiwang.registers.gate import Ask
from yiwang.registers.tests import town
from yiwang.registers.tests.town import CLERK, MOTHER

ROLES = """
- id: officer
  title: {zh: 数据专员, en: Data officer}
  permissions: [concerns.answer]
  about: {zh: 答复疑问, en: Answers questions}
- id: head
  title: {zh: 负责人, en: Head}
  permissions: [concerns.answer, concerns.oversee]
  about: {zh: 督办, en: Oversees}
- id: sharing
  title: {zh: 共享专员, en: Sharing}
  permissions: [access.request, access.decide]
  about: {zh: 共享, en: Shares}
- id: supervisor
  title: {zh: 监督, en: Supervisor}
  permissions: [supervision.view]
  about: {zh: 监督, en: Supervises}
- id: other
  title: {zh: 其他, en: Other}
  permissions: []
  about: {zh: 无, en: Nothing}
"""
TERMS = """
id: terms
question: {days: 5, basis: {law: {zh: 个人信息保护法, en: PIPL}, article: 第五十条}}
"""


@pytest.fixture
def pack(db, tmp_path):
    for name, text in {"roles/all.yaml": ROLES, "stewardship/terms.yaml": TERMS}.items():
        path = tmp_path / "town" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    yield town.load(tmp_path)
    queries.forget()


@dataclass
class Here:
    mother: Person
    officer: Staff
    head: Staff
    stranger: Staff
    registers: dict[str, Register]

    def read(self, *departments: str, columns=("name",)) -> UUID:
        """The hospital looks the mother up; the act of reading."""
        case = uuid4()
        by = {"id_number": MOTHER}
        asks = [Ask(self.registers["population"], by, columns, departments or ("hospital",))]
        [answer] = gate.read(asks, purpose="新生儿一件事", case=case, root=case, by=CLERK)
        assert answer.act
        return answer.act


def staff(name, department, role):
    one = register_staff(name=name, number=name, department=department, roles=[role], by=CLERK)
    open_account(f"desk.{name}", None, staff=one, by=CLERK)
    return one


@pytest.fixture
def here(pack, monkeypatch):
    monkeypatch.setattr(followers.MATTERS, "_entries", {
        "stewardship": followers.MATTERS["stewardship"]
    })  # fmt: skip
    registers = pack.all(Register)
    load_rows(registers["population"], [{"id_number": MOTHER, "name": "林岚"}], by=CLERK)
    mother = person_for(MOTHER, "林岚", by=CLERK)
    open_account("mother", None, person=mother, by=CLERK)
    return Here(
        mother=mother,
        officer=staff("officer", "hospital", "officer"),
        head=staff("head", "hospital", "head"),
        stranger=staff("stranger", "police", "officer"),
        registers=registers,
    )


@pytest.fixture
def sign_in(client):
    """Sign in as a person or a member of staff."""

    def sign(who):
        owner = {"person": who} if isinstance(who, Person) else {"staff": who}
        from yiwang.identity.models import Account  # noqa: PLC0415

        client.force_login(Account.objects.get(**owner))
        client.cookies["django_language"] = "en"
        return client

    return sign
