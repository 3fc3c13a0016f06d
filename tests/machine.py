"""The cores, which the processes that run the tests share: what measures them has them to itself.

Each process holds a shared lock from its first test to its last, unless it wants the machine alone: then it waits for
the others' end. The lock is on this file, and ends with the process that holds it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

PROCESSES = 4
"""Of the whole suite: three that share the machine, and one that waits for them and then has it alone."""

if sys.platform == "win32":
    PROCESSES = 0  # no locks: one test after the other

    def _lock(_how: str) -> None:
        """Nobody else is there."""
else:
    import fcntl

    _FILE = os.open(__file__, os.O_RDONLY)
    _HOW = {"shared": fcntl.LOCK_SH, "alone": fcntl.LOCK_EX, "free": fcntl.LOCK_UN}

    def _lock(how: str) -> None:
        """Waits until it is so."""
        fcntl.flock(_FILE, _HOW[how])


@contextmanager
def _held(how: str, afterwards: str) -> Iterator[None]:
    _lock(how)
    try:
        yield
    finally:
        _lock(afterwards)


def shared() -> AbstractContextManager[None]:
    """Other processes may run tests beside."""
    return _held("shared", afterwards="free")


def alone() -> AbstractContextManager[None]:
    """Within `shared`: no other process runs tests beside."""
    return _held("alone", afterwards="shared")
