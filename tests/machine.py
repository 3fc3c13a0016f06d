"""The cores, which the processes that run the tests share: a race for cores has them to itself.

Each process holds a shared lock as long as it has tests to run, but for its races, for which it asks for an exclusive
one: so they come last. The lock is on this file, and ends with the process that holds it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform == "win32":
    PROCESSES = 1  # without locks, one test after the other

    def _lock(_how: str) -> None:
        """Nobody else is there."""
else:
    import fcntl

    PROCESSES = 4
    _FILE = os.open(__file__, os.O_RDONLY)
    _HOW = {"shared": fcntl.LOCK_SH, "alone": fcntl.LOCK_EX, "free": fcntl.LOCK_UN}

    def _lock(how: str) -> None:
        """Waits until it is so."""
        fcntl.flock(_FILE, _HOW[how])


@contextmanager
def shared() -> Iterator[None]:
    """Other tests may run beside."""
    _lock("shared")
    try:
        yield
    finally:
        _lock("free")


@contextmanager
def alone() -> Iterator[None]:
    """Within `shared`: no other test runs beside."""
    _lock("alone")
    try:
        yield
    finally:
        _lock("shared")
