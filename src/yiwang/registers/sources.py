"""Asking another agency's register over HTTP (docs/reference/source-protocol.md).

A source is not trusted: it has a total time, a greatest size, and an answer that is checked
against the dictionary and against what was asked. Runs in jobs only, outside any transaction.
"""

from __future__ import annotations

import os
import random
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from yiwang.kernel.canonical import canonical
from yiwang.registers.declarations import Element, Register
from yiwang.registers.replies import Malformed, Reply, reply_of

LARGEST = 256 * 1024  # bytes of an answer
JITTER = (0.05, 0.15)  # seconds before the one retry
LEAST = 0.05  # seconds that must be left for a try

NOT_CONFIGURED = "no address is set"
LEFT_ALONE = "failed before, left alone for now"
SLOW = "did not answer in time"
DEAD = "could not be reached"
HUGE = "answered with more than 256 KiB"

__all__ = ["Reply", "SourceFailed", "address_of", "ask"]


class SourceFailed(Exception):
    """A source gave no usable answer; the text says why, without anybody's data."""


class _Asked(Protocol):
    """What is asked of a source: a reading."""

    id: UUID
    register: str
    by: dict[str, str]
    granted: dict[str, list[str]]
    purpose: str
    basis: str


@dataclass(frozen=True)
class _Failure(Exception):
    why: str
    again: bool


def address_of(register: Register) -> str:
    """The address of the source's service from the environment; empty: none, it is down."""
    setting = register.source.setting
    address = os.environ.get(setting, "").strip().rstrip("/") if setting else ""
    return address if urlsplit(address).scheme in ("http", "https") else ""


def ask(register: Register, elements: Mapping[str, Element], asked: _Asked) -> Reply:
    """The rows a source tells of what was asked, within `source.seconds` all told.

    Tries once more after a moment where the source could not be reached or failed (5xx) and time
    is left. Raises SourceFailed.
    """
    address = address_of(register)
    if not address:
        raise SourceFailed(NOT_CONFIGURED)
    deadline = time.monotonic() + register.source.seconds
    question = canonical(_question(register, asked))
    try:
        answer = _twice(address, question, deadline)
        return reply_of(answer, register, elements, by=asked.by, columns=list(asked.granted))
    except _Failure as failure:
        raise SourceFailed(failure.why) from failure
    except Malformed as fault:
        raise SourceFailed(str(fault)) from fault


def _question(register: Register, asked: _Asked) -> dict[str, Any]:
    wanted = {*asked.granted, *asked.by, *register.about}
    return {
        "register": asked.register,
        "by": asked.by,
        "columns": sorted(wanted),
        "purpose": asked.purpose,
        "basis": asked.basis,
        "reference": str(asked.id),
    }


def _twice(address: str, question: bytes, deadline: float) -> bytes:
    try:
        return _once(address, question, deadline)
    except _Failure as failure:
        pause = random.uniform(*JITTER)
        if not failure.again or time.monotonic() + pause + LEAST > deadline:
            raise
        time.sleep(pause)
        return _once(address, question, deadline)


def _once(address: str, question: bytes, deadline: float) -> bytes:
    left = deadline - time.monotonic()
    if left < LEAST:
        raise _Failure(SLOW, again=False)
    connection = _connection(address, left)
    over = threading.Timer(left, lambda: None)
    try:
        connection.connect()
        over = threading.Timer(deadline - time.monotonic(), _cut, [connection.sock])
        over.daemon = True
        over.start()
        answer = _spoken(connection, urlsplit(address).path, question)
        if time.monotonic() >= deadline:
            raise _Failure(SLOW, again=False)  # what came was cut
        return answer
    except (HTTPError, OSError) as error:
        if time.monotonic() >= deadline - 0.01:
            raise _Failure(SLOW, again=False) from error
        raise _Failure(DEAD, again=True) from error
    finally:
        over.cancel()
        connection.close()


def _connection(address: str, seconds: float) -> HTTPConnection:
    parts = urlsplit(address)
    if parts.scheme == "http":
        return HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    return HTTPSConnection(
        parts.hostname or "", parts.port, timeout=seconds, ssl_context=ssl.create_default_context()
    )


def _cut(sock: socket.socket) -> None:
    """End a conversation that drips: no single read of it would run out of time."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _spoken(connection: HTTPConnection, path: str, question: bytes) -> bytes:
    connection.request(
        "POST",
        f"{path}/rows",
        body=question,
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    if response.status >= 500:
        raise _Failure(f"answered with status {response.status}", again=True)
    if response.status != 200:
        raise _Failure(f"answered with status {response.status}", again=False)
    answer = bytearray()
    while piece := response.read1(64 * 1024):
        answer += piece
        if len(answer) > LARGEST:
            raise _Failure(HUGE, again=False)
    return bytes(answer)
