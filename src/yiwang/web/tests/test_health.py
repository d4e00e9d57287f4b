from __future__ import annotations

import pytest


@pytest.mark.django_db
def test_a_city_with_a_database_is_well(client):
    answer = client.get("/health")

    assert answer.status_code == 200
    assert answer.json()["database"] == "up"
