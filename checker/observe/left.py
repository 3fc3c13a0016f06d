"""Which processes and threads an attempt left behind, as the kernel sees it."""

from __future__ import annotations

import contextlib
import os
import time

import psutil

from checker.attempt.descendants import below
from checker.observe import helpers

GRACE_S = 0.3
"""A pool that was told to end needs a moment; one that was not never ends."""
SCANS = 2
"""A scan can miss a process whose parent ends while it goes on; two in a row do not."""


def processes(pid: int, keeper: int) -> int:
    """How many processes are still there beside the attempt's own, `pid`, after a moment's grace."""
    deadline_s = time.perf_counter() + GRACE_S
    quiet = 0
    while quiet < SCANS:
        left = _others(pid, keeper)
        remaining_s = deadline_s - time.perf_counter()
        if left and remaining_s <= 0:
            return len(left)
        psutil.wait_procs(left, timeout=max(0.0, remaining_s))
        quiet = 0 if left else quiet + 1
    return 0


def threads(pid: int) -> frozenset[int]:
    """Linux only: the ids of all threads of a process, whether Python knows them or not; none when it is gone."""
    with contextlib.suppress(OSError):
        return frozenset(map(int, os.listdir(f"/proc/{pid}/task")))  # noqa: PTH208  (four times as fast)
    return frozenset()


def untold_threads(pid: int, before: frozenset[int], told: int) -> int:
    """How many more threads than those told of are there that were not there `before`, after a moment's grace."""
    deadline_s = time.perf_counter() + GRACE_S
    while (untold := len(threads(pid) - before) - told) > 0 and time.perf_counter() < deadline_s:
        time.sleep(LOOK_S)
    return max(0, untold)


LOOK_S = 0.005


def _others(pid: int, keeper: int) -> list[psutil.Process]:
    others = []
    alive = below(keeper)
    for other in set(alive) - helpers.among(alive) - {pid}:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(other)
            if process.status() != psutil.STATUS_ZOMBIE:
                others.append(process)
    return others
