"""The cores, which the processes that run the tests share: what measures them has them to itself.

Each process holds a shared lock while it runs tests. One that wants the machine alone waits until others have ended.
The lock is on this file, and ends with the process that holds it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

PROCESSES = 4
"""Of the whole suite: three that share the machine, and one that waits for them and then has it alone."""

if sys.platform == "win32":
    PROCESSES = 0  # no locks: one test after the other

    def _lock(_how: str, _waits: Callable[[], None]) -> None:
        """Nobody else is there."""
else:
    import fcntl

    _FILE = os.open(__file__, os.O_RDONLY)
    _HOW = {"shared": fcntl.LOCK_SH, "alone": fcntl.LOCK_EX, "free": fcntl.LOCK_UN}

    def _lock(how: str, waits: Callable[[], None]) -> None:
        """Until it is so; `waits` is called if that may take long."""
        try:
            fcntl.flock(_FILE, _HOW[how] | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(_FILE, _HOW[how])


@contextmanager
def _held(how: str, afterwards: str, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    _lock(how, waits)
    try:
        yield
    finally:
        _lock(afterwards, lambda: None)


def shared(waits: Callable[[], None]) -> AbstractContextManager[None]:
    """Other processes may run tests beside. `waits`: is called if another has the machine alone."""
    return _held("shared", "free", waits)


def alone() -> AbstractContextManager[None]:
    """Within `shared`: no other process runs tests beside."""
    return _held("alone", "shared")
