"""Named shared memory that outlives a call: its maker has to unlink it, or it stays until a restart."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Iterable
from pathlib import Path

SHARED = Path("/dev/shm")  # noqa: S108  (it is only looked at)
SEMAPHORE = "sem."
"""Named semaphores are in that folder, too; their names begin with this (sem_overview(7))."""


def there(pid: int) -> frozenset[str] | None:
    """Names of all segments in a process's own folder; None where it has none of its own, or no folder lists them.

    The folder that all processes share says nothing of this one, and may hold thousands.
    """
    own = Path(f"/proc/{pid}/root{SHARED}")
    with contextlib.suppress(OSError):
        if own.stat().st_dev != SHARED.stat().st_dev:
            return frozenset(path.name for path in own.iterdir() if not path.name.startswith(SEMAPHORE))
    return None


def left(pid: int, before: frozenset[str] | None, told: Iterable[str]) -> tuple[str, ...]:
    """The names of those that a call has made and not unlinked.

    told: names that its process says it has made. Without a folder of its own, only these count, if they exist.
    """
    now = there(pid)
    if now is None or before is None:
        return tuple(filter(_exists, told))
    return tuple(sorted(now - before))


def _exists(name: str) -> bool:
    """By opening it: on macOS, nothing else tells."""
    posix = importlib.import_module("_posixshmem")  # Windows has none
    try:
        os.close(posix.shm_open(f"/{name}", os.O_RDONLY, mode=0))
    except (OSError, ValueError):  # an attempt tells any name
        return False
    return True
