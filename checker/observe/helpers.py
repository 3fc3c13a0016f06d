"""Processes that the standard library starts for its own use, and leaves running by design: not the attempt's work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import psutil

NAMES = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""What their command lines name. CPython 3.14 starts the first one under a pool of threads, too."""


def among(pids: Iterable[int]) -> set[int]:
    """The ids of helpers, at most one of each kind: a further process with such a name only pretends to be one."""
    found: set[int] = set()
    names = set(NAMES)
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            words = psutil.Process(pid).cmdline()
            name = next((name for name in names if any(name in word for word in words)), None)
            if name is not None:
                names.remove(name)
                found.add(pid)
    return found
