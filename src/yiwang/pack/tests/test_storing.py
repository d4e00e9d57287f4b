from __future__ import annotations

import threading
import zlib

import pytest
from django.db import connections

from yiwang.kernel.errors import NotFound
from yiwang.ledger.actions import Actor
from yiwang.ledger.models import Act
from yiwang.pack import queries
from yiwang.pack.actions import load
from yiwang.pack.content import from_bytes, pack_bytes
from yiwang.pack.errors import NoPack, OtherCity, PackFaulty
from yiwang.pack.loader import read
from yiwang.pack.models import CurrentPack, PackVersion
from yiwang.pack.tests.town import HALL, TOWN, Office, put

BY = Actor("operator", "tester")


@pytest.fixture(autouse=True)
def fresh_cache():
    queries.forget()
    queries._kept.cache_clear()
    yield
    queries.forget()
    queries._kept.cache_clear()


def test_what_is_stored_is_what_was_read(folder):
    put(
        folder, "offices/a.yaml", HALL + 'beside: "*"\ndesks: {hall: 一楼}\nrate: 0.1\nfrom: hall\n'
    )
    pack = read(folder).pack

    again = from_bytes(pack_bytes(pack))

    assert again.hash == pack.hash
    assert again.all(Office) == pack.all(Office)
    assert list(again.all(Office)) == list(pack.all(Office))


@pytest.mark.django_db
def test_nothing_loaded_is_told_with_its_remedy():
    with pytest.raises(NoPack) as refused:
        queries.current()

    assert "yiwang pack load" in str(refused.value)


@pytest.mark.django_db
def test_a_load_is_live_at_once_and_recorded(folder):
    loading = load(folder, by=BY)

    assert loading.changed
    assert queries.current().hash == loading.hash
    act = Act.objects.get()
    assert (act.what, act.by_kind, act.by_id) == ("pack.loaded", "operator", "tester")
    stored = PackVersion.objects.get()
    assert (stored.city, stored.schema_version, stored.hash) == ("town", 1, loading.hash)
    assert from_bytes(zlib.decompress(stored.content)).hash == loading.hash


@pytest.mark.django_db
def test_the_same_again_changes_and_records_nothing(folder):
    load(folder, by=BY)

    again = load(folder, by=BY)

    assert not again.changed
    assert Act.objects.count() == 1


@pytest.mark.django_db
def test_an_old_version_stays_readable_and_can_return(folder):
    first = load(folder, by=BY)
    put(folder, "offices/hall.yaml", HALL.replace("0990", "0991"))
    second = load(folder, by=BY)

    assert queries.current().get(Office, "hall").phone == "0991"
    assert queries.at(first.hash).get(Office, "hall").phone == "0990"

    put(folder, "offices/hall.yaml", HALL)
    third = load(folder, by=BY)
    assert (third.hash, third.changed) == (first.hash, True)
    assert queries.current().hash == first.hash != second.hash
    assert (PackVersion.objects.count(), Act.objects.count()) == (2, 3)


@pytest.mark.django_db
def test_a_faulty_pack_changes_and_records_nothing(folder):
    before = load(folder, by=BY)
    put(folder, "offices/hall.yaml", HALL + "oops: 1\n")

    with pytest.raises(PackFaulty) as refused:
        load(folder, by=BY)

    assert [one.code for one in refused.value.problems] == ["extra_forbidden"]
    assert "offices/hall.yaml:3" in str(refused.value)
    assert CurrentPack.objects.get().version_id == before.hash
    assert Act.objects.count() == 1


@pytest.mark.django_db
def test_another_city_does_not_take_the_place_of_this_one(folder):
    before = load(folder, by=BY)
    put(folder, "town/town.yaml", "id: elsewhere\n" + TOWN)

    with pytest.raises(OtherCity):
        load(folder, by=BY)

    assert CurrentPack.objects.get().version_id == before.hash
    assert (PackVersion.objects.count(), Act.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_version_nobody_stored_is_told(folder):
    load(folder, by=BY)

    with pytest.raises(NoPack):
        queries.at("0" * 64)


@pytest.mark.django_db
def test_the_database_is_asked_at_most_once_a_second(folder, django_assert_num_queries):
    load(folder, by=BY)
    queries.current()

    with django_assert_num_queries(0):
        for _ in range(100):
            queries.current()


@pytest.mark.django_db
def test_another_process_hears_of_a_load_within_a_second(folder, monkeypatch):
    first = load(folder, by=BY)
    queries.current()
    put(folder, "offices/hall.yaml", HALL.replace("0990", "0991"))
    monkeypatch.setattr(queries, "forget", lambda: None)  # the load happens in another process
    second = load(folder, by=BY)
    assert queries.current().hash == first.hash

    monkeypatch.setattr(queries._live, "asked", queries._live.asked - queries.SECONDS_TRUSTED)

    assert queries.current().hash == second.hash


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_leave_one_row_and_one_act(folder):
    done = []

    def run():
        try:
            done.append(load(folder, by=BY).changed)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [False, False, False, True]
    assert (CurrentPack.objects.count(), Act.objects.count()) == (1, 1)


def test_a_pack_says_what_it_does_not_have(folder):
    pack = read(folder).pack

    with pytest.raises(NotFound):
        pack.get(Office, "nowhere")
    assert pack.memo("count", lambda one: len(one.all(Office))) == 1
    assert pack.memo("count", lambda one: 7) == 1
