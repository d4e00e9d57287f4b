"""How often one address called within a minute, counted for all processes of a machine together.

The counts lie in one file of fixed size that every process maps into its memory (1 MiB, some 65,000
addresses a minute): nothing grows, nothing has to be swept, and no database is asked. Who is not
found among the eight places its address may stand in takes the emptiest of them.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import threading
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

SLOT = struct.Struct("<QII")  # who, which minute, how often
WAYS = 8
BUCKETS = 8192
SIZE = SLOT.size * WAYS * BUCKETS


class Calls:
    """The counts in one file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # open as long as the process
        os.ftruncate(self._file, SIZE)
        self._map = mmap.mmap(self._file, SIZE)
        self._lock = threading.Lock()

    def count(self, who: str, *, minute: int) -> int:
        """Count one call; gives how many there were in this minute, this one included."""
        tag = int.from_bytes(blake2b(who.encode(), digest_size=8).digest(), "little")
        with self._lock:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                return self._counted(tag, minute)
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _counted(self, tag: int, minute: int) -> int:
        first = tag % BUCKETS * WAYS
        places = [place * SLOT.size for place in range(first, first + WAYS)]
        standing = [(SLOT.unpack_from(self._map, place), place) for place in places]
        for (who, when, often), place in standing:
            if (who, when) == (tag, minute):
                SLOT.pack_into(self._map, place, tag, minute, often + 1)
                return often + 1
        _, place = min(standing, key=lambda one: one[0][2] if one[0][1] == minute else 0)
        SLOT.pack_into(self._map, place, tag, minute, 1)
        return 1


@lru_cache(maxsize=1)
def calls(path: Path) -> Calls:
    """The counts of this machine, opened once in each process."""
    return Calls(path)
