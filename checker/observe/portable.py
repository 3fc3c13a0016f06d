"""Everywhere else: psutil tells the CPU time of each process, and nothing tells how long it waited for a core."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import psutil

from checker.observe.memory import Holding
from checker.observe.tree import Times, Tree


class PsutilReader:
    """Reads the tree below the keeper; a process counts as one thread."""

    accounted = False
    part = None

    def __init__(self, keeper: int) -> None:
        self._keeper = keeper

    def read(self) -> Tree:
        tree: Tree = {}
        with contextlib.suppress(psutil.Error):
            for process in psutil.Process(self._keeper).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    times = process.cpu_times()
                    cpu_s = times.user + times.system
                    tree[process.pid] = (cpu_s, {process.pid: Times(cpu_s, 0.0)})
        return tree

    def holdings(self, pids: Iterable[int]) -> list[Holding]:
        """What each of these processes holds in memory; psutil does not tell everywhere what of it is shared."""
        found = []
        for pid in pids:
            with contextlib.suppress(psutil.Error):
                found.append(Holding(pid=pid, own=psutil.Process(pid).memory_info().rss))
        return found

    def close(self) -> None:
        pass
