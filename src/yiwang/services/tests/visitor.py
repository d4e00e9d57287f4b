"""The mother at her phone: pages over HTTP, answered as a person would."""

from __future__ import annotations

import html
import re

from django.http import HttpResponse
from django.test import Client

from yiwang.cases.models import Case
from yiwang.identity.models import Account, Person
from yiwang.notices.code import digits_of
from yiwang.notices.queries import newest_code
from yiwang.services.actions.agree import CONFIRM
from yiwang.services.actions.send import SIGN
from yiwang.services.agreeing import asked_digest
from yiwang.services.queries import load
from yiwang.services.summary import summary_digest
from yiwang.services.tests.family import ANSWERS, account


def visitor(person: Person, *, language: str = "en", elder: bool = False) -> Client:
    """A browser signed in as this person."""
    found = Account.objects.filter(person=person).first()
    if found is None:
        account(person, "13800000009")
        found = Account.objects.get(person=person)
    client = Client(headers={"accept-language": language})
    client.force_login(found)
    if elder:
        client.cookies["elder"] = "1"
    return client


def words(answer: HttpResponse) -> str:
    """The text of a page without its tags, spaces made one."""
    whole = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", whole)).split())


def asked(answer: HttpResponse) -> list[str]:
    """Names of the questions on a page."""
    return re.findall(r'name="ask" value="([^"]+)"', answer.content.decode())


def typed(names: list[str], **more: str) -> dict[str, object]:
    """What a person would type on a page with these questions."""
    given = ANSWERS | {name.replace("__", "."): value for name, value in more.items()}
    fields: dict[str, object] = {"ask": names}
    for name in names:
        role, _, element, _ = name.split("--")
        fields[name] = given[f"{role}.{element}"]
    return fields


def begin(client: Client, what: str = "newborn", kind: str = "things") -> str:
    """Press the start button as the mother; the address of the draft."""
    answer = client.post(f"/my/start/{kind}/{what}/", {"role": "mother"})
    assert answer.status_code == 302
    return answer["Location"]


def answer_all(client: Client, url: str, **more: str) -> list[str]:
    """Answer every screen until none is left; names of what was asked, in order."""
    seen: list[str] = []
    for _ in range(40):
        page = client.get(url)
        names = asked(page)
        if page.status_code != 200 or not names:
            return seen
        seen += names
        assert client.post(url, typed(names, **more)).status_code == 302
    raise AssertionError("there is no end to the questions")


def code_for(root: Case) -> str:
    """The digits the applicant was sent for what stands in the summary now."""
    code = newest_code(root.applicant_id, SIGN, summary_digest(load(root)))
    assert code is not None
    return digits_of(code.id, code.salt)


def key_on(answer: HttpResponse) -> str:
    """The form's own number on the page before sending."""
    return re.findall(r'name="key" value="(\w+)"', answer.content.decode())[0]


def agree_by_code(client: Client, root: Case, person: Person) -> HttpResponse:
    """Ask for a code, then agree with it to what somebody else applies for."""
    url = f"/my/confirm/{root.number}/"
    assert client.post(f"{url}code/").status_code == 302
    code = newest_code(person.id, CONFIRM, asked_digest(root, person.id))
    assert code is not None
    given = {"choice": "agree", "code": digits_of(code.id, code.salt)}
    return client.post(url, given)
