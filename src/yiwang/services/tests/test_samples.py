"""Samples of results: computed from the declaration, with nobody's data."""

from __future__ import annotations

from datetime import date

from django.test import Client

from yiwang.catalogue.quality import judged
from yiwang.kernel.words import speaking
from yiwang.pack.pack import Pack
from yiwang.services.declarations import Service
from yiwang.services.guides import guide_to
from yiwang.services.pages.item_guide import service_guide
from yiwang.services.samples import BLANK, sample_of


def test_a_licence_is_shown_with_what_stands_on_it(city: Pack) -> None:
    sample = sample_of(city, city.get(Service, "birth-certificate"))

    assert sample is not None
    lines = dict(sample.lines)
    assert sample.title == "出生医学证明"
    assert sample.issuer == "江城市妇幼保健院"
    assert lines["编号"] == "CSZ20260000001"
    assert lines["出生医学证明编号"] == "J20260000001"
    assert lines["出生体重"] == "3200 克"


def test_what_names_a_person_is_blanked_out(city: Pack) -> None:
    sample = sample_of(city, city.get(Service, "household-registration"))

    assert sample is not None
    assert dict(sample.lines)["公民身份号码"] == BLANK


def test_a_document_that_is_no_licence_shows_its_number(city: Pack) -> None:
    sample = sample_of(city, city.get(Service, "site-opinion"))

    assert sample is not None
    assert ("选址意见书编号", "江自然资选〔2026〕0001号") in sample.lines


def test_an_entry_in_a_register_has_no_sample(city: Pack) -> None:
    service = city.get(Service, "water-account-change")

    assert sample_of(city, service) is None
    assert guide_to(city, service).result_sample is None


def test_the_address_of_a_sample_leads_to_it(city: Pack, client: Client) -> None:
    address = guide_to(city, city.get(Service, "construction-permit")).result_sample

    assert address is not None
    path, _, place = address.partition("#")
    page = client.get(path, headers={"accept-language": "zh-CN"}).content.decode()
    assert f'id="{place}"' in page
    assert "样例" in page


def test_the_guide_tells_the_steps_of_the_office_and_their_days(city: Pack) -> None:
    with speaking("zh"):
        shown = service_guide(city, city.get(Service, "eia-approval"), on=date(2026, 6, 1))

    told = [(step.title, step.who, step.note) for step in shown.steps]
    assert told[1:-1] == [
        ("受理，公示报告全本", "生态环境局", "5个工作日"),
        ("技术评估，需要时看现场", "生态环境局", "7个工作日"),
        ("决定，公告批复", "生态环境局", "3个工作日"),
    ]


def test_every_item_of_the_city_is_told_in_full(city: Pack) -> None:
    wanting = [
        (service.id, verdict.criterion, verdict.field)
        for service in city.all(Service).values()
        for verdict in judged(guide_to(city, service))
        if verdict.state != "passed"
    ]

    assert wanting == []
