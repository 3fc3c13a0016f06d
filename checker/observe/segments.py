"""Named shared memory that outlives a call: who makes it has to unlink it, or it stays until a restart."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Iterable

SEMAPHORE = "sem."
"""What else lies in that folder begins with this (sem_overview(7))."""


def there(pid: int) -> frozenset[str] | None:
    """Names of all segments that a process can open; None where no folder lists them (macOS)."""
    with contextlib.suppress(OSError):
        return frozenset(name for name in os.listdir(f"/proc/{pid}/root/dev/shm") if not name.startswith(SEMAPHORE))  # noqa: PTH208
    return None


def left(pid: int, before: frozenset[str] | None, told: Iterable[str], apart: bool) -> tuple[str, ...]:
    """The names of those that a call has made and not unlinked.

    told: names that its process says it has made. apart: it has a folder of its own, so that no other program's are in
    there; where it has not, only what it has told of counts, and only if it is there.
    """
    now = there(pid)
    if now is None or before is None:
        return tuple(filter(_exists, told))
    new = now - before
    return tuple(sorted(new if apart else new.intersection(told)))


def _exists(name: str) -> bool:
    """By opening it, as on macOS, where nothing else tells."""
    posix = importlib.import_module("_posixshmem")  # Windows has none
    try:
        os.close(posix.shm_open(f"/{name}", os.O_RDONLY, mode=0))
    except OSError:
        return False
    return True
