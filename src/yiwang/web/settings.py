"""Django's settings, from the environment (`environment.py` lists what is read).

What differs between a trial on a laptop and a city's machines is said in the environment;
what every installation shares stands here.
"""

from __future__ import annotations

import os
import re
import secrets

from yiwang.web import environment as env
from yiwang.web.database import entry

HOME = env.HOME.path()
PACK = env.PACK.path()
LAYERS = env.LAYERS.paths()
STATIC_ROOT = HOME / "static"
FILES_ROOT = HOME / "files"
LAKE_ROOT = HOME / "lake"
CROWDS_ROOT = HOME / "crowds"
OUTBOX_ROOT = HOME / "outbox"
LEDGER_ROOT = HOME / "ledger"
LEDGER_ORIGIN = env.LEDGER_ORIGIN.text()
SEARCH_ROOT = HOME / "search"
CALLS_FILE = HOME / "calls.counts"
CALLS_A_MINUTE = env.CALLS_A_MINUTE.number(0, 1_000_000)


def _kept(name: str, fresh_key: str) -> str:
    """A key made once and kept for this home (`name`, mode 600)."""
    kept = HOME / name
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        fresh = HOME / f".{name}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(fresh_key)
        try:
            os.link(fresh, kept)  # whoever comes first; the others read theirs
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


def _master_key() -> str:
    """The key under which the keys of cases are wrapped: 64 hexadecimal digits."""
    key = env.MASTER_KEY.text() or _kept("master.key", secrets.token_hex(32))
    if not re.fullmatch(r"[0-9a-fA-F]{64}", key):
        raise env.BadSetting(f"{env.MASTER_KEY.name} is not a key; write 64 hexadecimal digits.")
    return key


def _own_database() -> str:
    """The address of our own PostgreSQL, which the supervisor writes down when it starts one."""
    written = HOME / "postgres.url"
    return written.read_text().strip() if written.exists() else "postgresql:///yiwang"


SECRET_KEY = env.SECRET_KEY.text() or _kept("secret.key", secrets.token_urlsafe(48))
MASTER_KEY = _master_key()
DEBUG = env.DEBUG.yes()
DEMO = env.is_demo()
HTTPS = env.HTTPS.yes()
DATABASES = {"default": entry(env.DATABASE_URL.text() or _own_database())}
DATABASES["default"]["TEST"] = {"TEMPLATE": "template0"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ALLOWED_HOSTS = env.HOSTS.words()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
ROOT_URLCONF = "yiwang.web.urls"
WSGI_APPLICATION = "yiwang.web.wsgi.application"
APPEND_SLASH = True

_ROOMS = (
    "ui",
    "pack",
    "ledger",
    "lake",
    "files",
    "notices",
    "search",
    "identity",
    "registers",
    "cases",
    "licences",
    "catalogue",
    "payments",
    "stewardship",
    "services",
    "evaluation",
    "guides",
    "web",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    *(f"yiwang.{room}" for room in _ROOMS),
]

MIDDLEWARE = [
    "yiwang.ui.middleware.Timed",
    "yiwang.ui.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yiwang.web.kept.KeptPages",
    "yiwang.ui.middleware.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yiwang.identity.middleware.NotTooOften",
    "yiwang.identity.middleware.SignedIn",
    "yiwang.identity.middleware.Audiences",
    "yiwang.ui.middleware.Preferences",
    "yiwang.ui.middleware.NoNulls",
    "yiwang.ui.middleware.ToldErrors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "yiwang.ui.context.page",
            ],
        },
    }
]

# Public pages, kept for a moment in each process (`kept.py`)
PAGES_KEPT = True
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL},
    "pages": {"BACKEND": LOCAL, "LOCATION": "pages", "TIMEOUT": 10,
              "OPTIONS": {"MAX_ENTRIES": 1000}},
}  # fmt: skip

# People and their sessions
AUTH_USER_MODEL = "identity.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "yiwang.identity.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "yiwang.ui.errors.csrf_failed"

# What a request may carry: a form of any bundle, a photographed document
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["yiwang.files.uploads.InMemory"]

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Static files: collected, hashed and compressed at setup; straight from the rooms before that
STATIC_URL = "static/"
_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "yiwang.web.static_files.Collected"
        if _COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = FILES_ROOT

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Messages to people
EMAIL_HOST = env.MAIL_HOST.text()
EMAIL_PORT = env.MAIL_PORT.number(1, 65535)
EMAIL_HOST_USER = env.MAIL_USER.text()
EMAIL_HOST_PASSWORD = env.MAIL_PASSWORD.text()
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = OUTBOX_ROOT / "mail"
DEFAULT_FROM_EMAIL = env.MAIL_FROM.text()
NOTICES_SMS = {"url": env.SMS_URL.text(), "key": env.SMS_KEY.text()}

# Payments
PAYMENT_GATEWAY = env.PAYMENT_GATEWAY.text()

# Logs: no personal data, no secrets; a failing page's id stands in its line
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "yiwang.web.logs.DiscreetFormatter"}},
    "filters": {"not_health": {"()": "yiwang.web.logs.NotHealth"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["not_health"]}
    },
    "root": {"handlers": ["stderr"], "level": env.LOG_LEVEL.text().upper()},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "procrastinate": {"level": "WARNING"},
    },
}
