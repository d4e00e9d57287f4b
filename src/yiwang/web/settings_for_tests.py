"""The settings as they are, less what would make a test depend on an earlier setup."""

from __future__ import annotations

import tempfile
from pathlib import Path

from yiwang.web.settings import *  # noqa: F403
from yiwang.web.settings import STORAGES

DEMO = False
PAGES_KEPT = False  # what one test saw must not be shown to the next
CALLS_A_MINUTE = 0  # one address sends all that tests send
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LEDGER_ROOT = Path(tempfile.mkdtemp(prefix="yiwang-ledger-"))  # what tests seal is published apart
