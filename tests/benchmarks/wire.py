"""A lean client: kept connections, requests made ready beforehand, one thread for each."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

CONNECTIONS = 16
Work = TypeVar("Work")


@dataclass
class Run:
    """How long each piece of work took, in seconds, how long all took, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Pieces done in a second."""
        return len(self.seconds) / self.elapsed


class Wire:
    """One kept connection to the pages."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.sock: socket.socket | None = None
        self.rest = b""

    def ask(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in small letters) and body."""
        if self.sock is None:
            self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.sendall(request)
        head, body = self._until(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
        length = int(headers.get("content-length", 0))
        while len(body) < length:
            body += self._more()
        self.rest = body[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(first.split(" ", 2)[1]), headers, body[:length]

    def close(self) -> None:
        """Hang up."""
        if self.sock is not None:
            self.sock.close()
            self.sock, self.rest = None, b""

    def _until(self, mark: bytes) -> tuple[bytes, bytes]:
        got = self.rest
        while mark not in got:
            got += self._more()
        head, _, body = got.partition(mark)
        return head, body

    def _more(self) -> bytes:
        assert self.sock is not None
        if piece := self.sock.recv(65536):
            return piece
        raise ConnectionError("the server hung up")


def by_all(work: Sequence[Work], one: Callable[[int], Callable[[Work], str]],
           *, connections: int = CONNECTIONS) -> Run:  # fmt: skip
    """Do all the work, each connection taking the next piece as soon as it is free.

    `one(n)` opens connection n and gives what does a piece: it returns "" or what went wrong.
    """
    run, queue, lock = Run(), iter(work), threading.Lock()
    ready = threading.Barrier(connections + 1)

    def drive(n: int) -> None:
        do = one(n)
        ready.wait()
        while True:
            with lock:
                piece = next(queue, None)
            if piece is None:
                return
            began = time.perf_counter()
            fault = do(piece)
            took = time.perf_counter() - began
            (run.faults.append(fault) if fault else run.seconds.append(took))

    threads = [threading.Thread(target=drive, args=[n], daemon=True) for n in range(connections)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    run.elapsed = time.perf_counter() - began
    return run


def http(port: int) -> Callable[[int], Callable[[bytes], str]]:
    """For `by_all`: each piece is a whole request that has to be answered by a redirect."""

    def open_one(_: int) -> Callable[[bytes], str]:
        wire = Wire(port)

        def do(request: bytes) -> str:
            status, headers, _body = wire.ask(request)
            sent = status == 302 and headers.get("location", "").endswith("/sent/")
            return "" if sent else f"answered {status} {headers.get('location', '')}"

        return do

    return open_one


def faults_in_words(run: Run) -> str:
    """The commonest thing that went wrong, with how often any did."""
    if not run.faults:
        return ""
    counted = {k: len(list(g)) for k, g in itertools.groupby(sorted(run.faults))}
    worst = max(counted, key=lambda fault: counted[fault])
    return f"{len(run.faults)} failed, mostly: {worst}"
