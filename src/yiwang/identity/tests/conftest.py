from __future__ import annotations

import pytest

from yiwang.identity.tests.town import found_town
from yiwang.pack import queries


@pytest.fixture
def town(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield found_town()
    queries.forget()
