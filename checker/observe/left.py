"""Which processes and threads an attempt left behind, as the kernel sees it."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from typing import NamedTuple

import psutil

from checker.attempt.descendants import below
from checker.observe import helpers, linux, machine

LOOK_S = 0.005
LOOKS = 60
"""A pool that was told to end needs a moment (0.3 s); one that was not never ends. Looks are counted, and not seconds:
while the machine stands still, nothing can end."""
ENDING_S = 0.1
"""CPU seconds. What is on a core, or waits for one, may be about to end, until it has used more than ending takes:
measured, 60 ms, by a spawned worker of a pool that had imported everything that this project depends on."""
PATIENCE_S = 2.0
"""Nothing counts as about to end for longer: four times as long as our tests take a core away (benchmarks/load.py)."""
SCANS = 2
"""A scan can miss a process whose parent ends while it goes on; two in a row do not."""


class Remains(NamedTuple):
    """How much there is beside the attempt's own process and the threads that it had before."""

    threads: int
    processes: int


def remains(pid: int, keeper: int, before: frozenset[int], told: int) -> Remains:
    """What is still there after a moment's grace, and is not about to end.

    before: the threads that process `pid` had. told: for so many new threads, the process itself has waited already.
    """
    work = _Work(pid)
    looks = empty_scans = 0
    while True:
        others, new = _others(pid, keeper), threads(pid) - before
        there = Remains(len(new), len(others))
        empty_scans = 0 if others else empty_scans + 1
        is_ending = work.is_ending(new, others)
        has_had_grace = looks >= LOOKS or (not others and there.threads <= told)
        is_sure = not empty_scans or empty_scans >= SCANS
        if is_sure and has_had_grace and not is_ending:
            return there
        time.sleep(LOOK_S if is_sure else 0)
        looks += 1


def threads(pid: int) -> frozenset[int]:
    """Linux only: the ids of all threads of a process, whether Python knows them or not; none when it is gone."""
    with contextlib.suppress(OSError):
        return frozenset(map(int, os.listdir(f"/proc/{pid}/task")))  # noqa: PTH208  (four times as fast)
    return frozenset()


class _Work:
    """What everything that may have outlived the call has done since its return, as far as the system tells."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._until_s = time.perf_counter() + PATIENCE_S
        self._machine = machine.used()
        self._used_s: dict[int, float] = {}
        self._accounts: dict[str, bytes] = {}

    def is_ending(self, threads_of_pid: Iterable[int], others: Iterable[int]) -> bool:
        """Whether some of them are at work, and none has worked for longer than ending takes."""
        last, self._accounts = self._accounts, {}
        for process, ids in [(self._pid, threads_of_pid), *((other, threads(other)) for other in others)]:
            for thread in ids:
                with contextlib.suppress(OSError):
                    self._accounts[f"{process}/{thread}"] = linux.account(process, thread)
        at_rest = last == self._accounts and all(account.startswith(b"S") for account in last.values())
        return not at_rest and self._most_s([self._pid, *others]) < ENDING_S and time.perf_counter() < self._until_s

    def _most_s(self, processes: Iterable[int]) -> float:
        """CPU seconds of the process that used most, less stolen time: some kernels count that as the thread's own."""
        used_s = [0.0]
        for process in processes:
            with contextlib.suppress(OSError):
                now_s = linux.process_cpu_s(process)
                used_s.append(now_s - self._used_s.setdefault(process, now_s))
        return max(used_s) - machine.outside(self._machine, 0.0).stolen_s


def _others(pid: int, keeper: int) -> list[int]:
    others = []
    alive = below(keeper)
    for other in set(alive) - helpers.among(alive) - {pid}:
        with contextlib.suppress(psutil.Error):
            if psutil.Process(other).status() != psutil.STATUS_ZOMBIE:
                others.append(other)
    return others
