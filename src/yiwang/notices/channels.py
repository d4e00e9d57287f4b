"""Ways out of the house: e-mail, an SMS gateway over HTTP, and files for trying out."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Protocol

import urllib3
from django.conf import settings
from django.core.mail import EmailMessage
from urllib3.util import Retry

from yiwang.kernel import moment

SMS_LONGEST = 500
SECONDS = 10


class NotSent(Exception):
    """A message did not get through; worth another try later."""


class Channel(Protocol):
    """One way to reach people. `id` is the same for every try of the same message."""

    def send(self, to: str, subject: str, text: str, *, id: str) -> None:
        """Hand the message over; raises NotSent when it was not taken."""


class Email:
    """Through the mail server of the settings, or into files where there is none."""

    def send(self, to: str, subject: str, text: str, *, id: str) -> None:
        """Send a plain-text mail; its Message-ID stays the same over all tries."""
        headers = {"Message-ID": f"<{id}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"}
        one_line = " ".join(subject.split())
        try:
            EmailMessage(one_line, text, to=[to], headers=headers).send()
        except OSError as error:  # smtplib's errors are OSErrors
            raise NotSent(type(error).__name__) from error


class SmsGateway:
    """POST of JSON to the gateway, signed: HMAC-SHA256 over time stamp, newline and body.

    The body is {"id", "to", "text"}; `id` lets the gateway drop what it has already taken.
    Any answer of 200–299 means taken.
    """

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self.key = key.encode()
        retry = Retry(total=2, backoff_factor=0.3, status_forcelist=(502, 503, 504))
        retry = retry.new(allowed_methods=frozenset({"POST"}), raise_on_status=False)
        self.http = urllib3.PoolManager(timeout=SECONDS, retries=retry)

    def send(self, to: str, subject: str, text: str, *, id: str) -> None:
        """Hand the SMS to the gateway."""
        body = json.dumps({"id": id, "to": to, "text": text[:SMS_LONGEST]}, ensure_ascii=False)
        try:
            answer = self.http.request(
                "POST", self.url, body=body.encode(), headers=self._sign(body)
            )
        except urllib3.exceptions.HTTPError as error:
            raise NotSent(type(error).__name__) from error
        if not 200 <= answer.status < 300:
            raise NotSent(f"status {answer.status}")

    def _sign(self, body: str) -> dict[str, str]:
        stamp = str(int(moment.real_now().timestamp()))
        signed = hmac.new(self.key, f"{stamp}\n{body}".encode(), hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "X-Yiwang-Time": stamp,
            "X-Yiwang-Signature": signed,
        }


class SmsOutbox:
    """Files instead of a gateway, one for each SMS, readable by this program's user only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, to: str, subject: str, text: str, *, id: str) -> None:
        """Write the SMS down; the same one again overwrites itself."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(
                self.folder / f"{id}.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600
            )
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{to}\n{text[:SMS_LONGEST]}\n")
        except OSError as error:
            raise NotSent(type(error).__name__) from error


def email() -> Channel:
    """The channel for e-mail."""
    return Email()


def sms() -> Channel:
    """The channel for SMS: the gateway of the settings, or files where none is named."""
    gateway = getattr(settings, "NOTICES_SMS", None) or {}
    if gateway.get("url"):
        return SmsGateway(gateway["url"], gateway["key"])
    return SmsOutbox(settings.OUTBOX_ROOT / "sms")
