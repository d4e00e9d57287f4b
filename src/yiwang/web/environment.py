"""Every setting that is read from the environment: its name, its default, what it says.

`docs/reference/settings.md` is written from this list (`python -m yiwang.web.environment`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[3]
CHECKOUT = _SOURCE if (_SOURCE / "pyproject.toml").exists() else Path.cwd()

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}


class BadSetting(Exception):
    """A setting in the environment has a value nobody can use; says which and what to write."""


@dataclass(frozen=True)
class Setting:
    """One name of the environment."""

    name: str
    default: str
    says: str
    default_in_words: str = ""

    def text(self) -> str:
        """The value given, or the default."""
        return os.environ.get(self.name, "").strip() or self.default

    def yes(self) -> bool:
        """The value as yes or no; `BadSetting` for anything else."""
        value = self.text().lower()
        if value not in _YES | _NO:
            raise BadSetting(f"{self.name} is {value!r}; write 1 for yes or 0 for no.")
        return value in _YES

    def number(self, low: int, high: int) -> int:
        """The value as a whole number from `low` to `high`; `BadSetting` for anything else."""
        value = self.text()
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise BadSetting(
                f"{self.name} is {value!r}; write a whole number from {low} to {high}."
            )
        return int(value)

    def words(self) -> list[str]:
        """The value as a list, cut at commas."""
        return [word.strip() for word in self.text().split(",") if word.strip()]

    def path(self) -> Path:
        """The value as an absolute path, relative ones taken from the working directory."""
        return Path(self.text()).expanduser().absolute()

    def paths(self) -> list[Path]:
        """The value as absolute paths, cut at commas."""
        return [Path(word).expanduser().absolute() for word in self.words()]


PORT = Setting("PORT", "8000", "The port on which the pages are served.")
BIND = Setting(
    "YIWANG_BIND",
    "127.0.0.1",
    "The address on which the pages are served. The default is reached from this machine only.",
)
HOME = Setting(
    "YIWANG_HOME",
    str(CHECKOUT / "var"),
    "The folder for everything the program writes: its own database, files, history, messages "
    "that went out, keys. Back it up; it must be writable.",
    "`var/` in the checkout",
)
DATABASE_URL = Setting(
    "DATABASE_URL",
    "",
    "The PostgreSQL database (15 or newer), as `postgresql://user:password@host:5432/name`. "
    "Without it the program runs a PostgreSQL of its own in `YIWANG_HOME/postgres`, to try out.",
    "a database of its own",
)
SECRET_KEY = Setting(
    "SECRET_KEY",
    "",
    "The key that signs sessions and form tokens: at least 32 characters, the same on every "
    "machine. Changing it signs everybody out.",
    "made once, kept in `YIWANG_HOME/secret.key`",
)
MASTER_KEY = Setting(
    "YIWANG_MASTER_KEY",
    "",
    "The key under which the keys of cases are wrapped: 64 hexadecimal digits, the same on every "
    "machine. Whoever loses it loses every document and the body of every act: keep a copy apart "
    "from the backups.",
    "made once, kept in `YIWANG_HOME/master.key`",
)
LEDGER_ORIGIN = Setting(
    "YIWANG_LEDGER_ORIGIN",
    "yiwang.example/ledger",
    "The name under which the city's log of acts is signed: its public address without `https://`. "
    "It is written into the log when that begins and never changes after.",
)
PACK = Setting(
    "YIWANG_PACK",
    str(CHECKOUT / "packs" / "jiangcheng"),
    "The folder of the city's pack, which `yiwang up` loads when it has changed.",
    "`packs/jiangcheng` in the checkout",
)
LAYERS = Setting(
    "YIWANG_LAYERS",
    "",
    "Folders the city's pack lies over, cut by commas, the nearest first: an imported catalogue, "
    "say.",
    "those the live pack was loaded over",
)
DEMO = Setting(
    "YIWANG_DEMO",
    "",
    "Whether this is the demo city: invented people are loaded, their sign-ins are printed, codes "
    "sent by SMS are shown on the page. Never 1 where real people are served.",
    "1 where `DATABASE_URL` is not set and under `make run`, else 0",
)
DEBUG = Setting(
    "YIWANG_DEBUG", "0", "Whether pages show the program's inner workings when something fails."
)
HOSTS = Setting(
    "YIWANG_HOSTS",
    "127.0.0.1,localhost,[::1]",
    "The names under which this machine may be addressed, cut by commas.",
)
HTTPS = Setting(
    "YIWANG_HTTPS",
    "0",
    "Whether people reach the pages through https (a proxy in front that sets "
    "`X-Forwarded-Proto`): cookies are then sent over https only.",
)
WEB_WORKERS = Setting("YIWANG_WEB_WORKERS", "2", "How many processes serve pages.")
WEB_THREADS = Setting(
    "YIWANG_WEB_THREADS",
    "4",
    "How many requests each of these processes answers at once. Each holds one connection to "
    "the database.",
)
CALLS_A_MINUTE = Setting(
    "YIWANG_CALLS_A_MINUTE",
    "600",
    "How often one address may call `/api/`, or send a form of a page that is open to everybody, "
    "within a minute; whoever does so more often is asked to wait (429). 0: as often as they like. "
    "Counted by each machine for itself.",
)
LOG_LEVEL = Setting(
    "YIWANG_LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR."
)
MAIL_HOST = Setting(
    "YIWANG_MAIL_HOST",
    "",
    "The mail server (SMTP) for messages to people.",
    "none: mails are written as files to `YIWANG_HOME/outbox/mail`",
)
MAIL_PORT = Setting("YIWANG_MAIL_PORT", "587", "The mail server's port; the connection uses TLS.")
MAIL_USER = Setting("YIWANG_MAIL_USER", "", "The name to sign in to the mail server with.", "none")
MAIL_PASSWORD = Setting("YIWANG_MAIL_PASSWORD", "", "The password for the mail server.", "none")
MAIL_FROM = Setting(
    "YIWANG_MAIL_FROM", "yiwang@localhost", "The address messages to people come from."
)
SMS_URL = Setting(
    "YIWANG_SMS_URL",
    "",
    "The SMS gateway: JSON `{id, to, text}` is posted there, signed with the key below.",
    "none: SMS are written as files to `YIWANG_HOME/outbox/sms`",
)
SMS_KEY = Setting(
    "YIWANG_SMS_KEY",
    "",
    "The key of that signature: HMAC-SHA256 over `X-Yiwang-Time`, a newline and the body, in "
    "`X-Yiwang-Signature`.",
    "none",
)

PAYMENT_GATEWAY = Setting(
    "YIWANG_PAYMENT_GATEWAY",
    "sandbox",
    "How people pay: `sandbox`, on whose page no money moves, or the Python path of a class that "
    "does what `yiwang.payments.gateway.Gateway` asks. Its notifications come to "
    "`/api/payments/<its name>/`.",
)

SETTINGS = tuple(value for value in list(globals().values()) if isinstance(value, Setting))


def is_demo() -> bool:
    """Whether this is the demo city: as said, or else where no database was given."""
    return DEMO.yes() if DEMO.text() else not DATABASE_URL.text()


def reference() -> str:
    """The page `docs/reference/settings.md`."""
    rows = [
        f"| `{one.name}` | {one.default_in_words or f'`{one.default}`'} | {one.says} |"
        for one in SETTINGS
    ]
    head = (
        "# Settings\n\n"
        "All settings are read from the environment when a process starts. This page is written\n"
        "by `python -m yiwang.web.environment > docs/reference/settings.md`.\n\n"
        "| name | default | what it says |\n|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(reference(), end="")  # noqa: T201 - this is its output
