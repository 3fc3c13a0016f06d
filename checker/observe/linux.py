"""Linux: `/proc/PID/task/TID/schedstat` holds nanoseconds on a CPU and nanoseconds runnable but waiting for one
(Documentation/scheduler/sched-stats.rst of the kernel).

Read directly, through descriptors that stay open (1 us each): psutil does not know this file, and lists
a process tree in 1 ms, a fifth of the time between two samples.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

from checker.attempt import descendants
from checker.observe import memory
from checker.observe.tree import NO_TIME, Times, Tree

NANO = 1e-9
_SCHEDULER_CLOCK = 2
"""CPUCLOCK_SCHED of <linux/posix-timers.h>: the time that the scheduler accounts for."""
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
MOST_OPEN = 300
"""Files are kept open for so many threads: an attempt that starts more must not use up the grader's descriptors."""


def available() -> bool:
    """Whether this kernel tells how long a thread waited for a core, and which children a thread has."""
    try:
        return descendants.KERNEL_TELLS and len(Path("/proc/thread-self/schedstat").read_bytes().split()) == 3
    except OSError:
        return False


def waited_s(thread: int, pid: int | str = "self") -> float:
    """Seconds that a thread (by its native id) of a process was runnable, but waited for a core; 0 if unknown."""
    return _scheduled_s(thread, pid)[1]


def busy_s(thread: int) -> float:
    """Seconds that a thread (by its native id) of this process was on a core or waited for one; 0 if unknown."""
    return sum(_scheduled_s(thread, "self"))


def _scheduled_s(thread: int, pid: int | str) -> tuple[float, float]:
    """Seconds of a thread on a core, and waiting for one; 0 if unknown."""
    try:
        on_s, waited_s, *_ = _numbers(Path(f"/proc/{pid}/task/{thread}/schedstat").read_bytes())
    except (OSError, ValueError):
        return 0.0, 0.0
    return on_s * NANO, waited_s * NANO


def state(stat: Path) -> bytes:
    """What a thread or process does, in one letter, as this file of it tells (proc_pid_stat(5)). Raises OSError."""
    _, _, rest = stat.read_bytes().rpartition(b")")
    return rest.split()[0]


def account(pid: int, thread: int) -> bytes:
    """The state of a thread and what it has used and waited so far. Raises OSError when it is gone.

    If two readings are equal, it was on no core in between.
    """
    folder = Path(f"/proc/{pid}/task/{thread}")
    return state(folder / "stat") + (folder / "schedstat").read_bytes()


class ProcReader:
    """Reads the tree below `pid`, and the orphans that its keeper has inherited."""

    accounted = True

    def __init__(self, pid: int, keeper: int) -> None:
        self._root = pid
        self.part = memory.part if memory.tells_parts(keeper) else None
        self._orphans = os.open(f"/proc/{keeper}/task/{keeper}/children", os.O_RDONLY)  # it has one thread
        self._open: dict[tuple[int, int], tuple[int, int]] = {}

    def read(self) -> Tree:
        tree: Tree = {}
        queue = [self._root]
        with contextlib.suppress(OSError):
            queue += _numbers(os.pread(self._orphans, 65536, 0))
        for pid in queue:  # grows while it is walked
            if pid not in tree:
                with contextlib.suppress(OSError):
                    threads, children = self._threads(pid)
                    queue += children
                    tree[pid] = (process_cpu_s(pid), threads)
        self._forget({(pid, tid) for pid, (_, threads) in tree.items() for tid in threads})
        return {pid: (cpu_s, threads) for pid, (cpu_s, threads) in tree.items() if threads}

    def _threads(self, pid: int) -> tuple[dict[int, Times], list[int]]:
        """What each thread used and waited, and the children of all. Raises OSError when the process is gone."""
        threads: dict[int, Times] = {}
        children: list[int] = []
        for tid in map(int, os.listdir(f"/proc/{pid}/task")):  # noqa: PTH208  (four times as fast)
            if len(self._open) >= MOST_OPEN and (pid, tid) not in self._open:
                threads[tid] = NO_TIME  # not read, but counted; and no process can hide below it
                children += descendants.children_of(pid, tid)
                continue
            with contextlib.suppress(OSError):
                threads[tid], own = self._thread(pid, tid)
                children += own
        return threads, children

    def _forget(self, alive: set[tuple[int, int]]) -> None:
        """Close what belongs to threads that have ended."""
        for ended in self._open.keys() - alive:
            for descriptor in self._open.pop(ended):
                os.close(descriptor)

    def holdings(self, pids: Iterable[int]) -> list[memory.Holding]:
        """What each of these processes holds in memory: of its own, and files and shared memory (proc_pid_statm(5))."""
        found = []
        for pid in pids:
            with contextlib.suppress(OSError, ValueError):
                _, resident, shared, *_ = _numbers(Path(f"/proc/{pid}/statm").read_bytes())
                own, files = (resident - shared) * PAGE_BYTES, shared * PAGE_BYTES
                found.append(memory.Holding(pid=pid, own=own, shared=files, tables=memory.tables(pid)))
        return found

    def close(self) -> None:
        os.close(self._orphans)
        for descriptors in self._open.values():
            for descriptor in descriptors:
                os.close(descriptor)
        self._open.clear()

    def _thread(self, pid: int, tid: int) -> tuple[Times, list[int]]:
        if (pid, tid) not in self._open:
            self._open[pid, tid] = _opened(f"/proc/{pid}/task/{tid}")
        schedstat, children = self._open[pid, tid]
        cpu_ns, wait_ns, _ = _numbers(os.pread(schedstat, 100, 0))
        return Times(cpu_ns * NANO, wait_ns * NANO), _numbers(os.pread(children, 65536, 0))


def _opened(folder: str) -> tuple[int, int]:
    """Of a thread: its account and its children. Raises OSError, also when it ends between the two."""
    schedstat = os.open(f"{folder}/schedstat", os.O_RDONLY)
    try:
        return schedstat, os.open(f"{folder}/children", os.O_RDONLY)
    except OSError:
        os.close(schedstat)
        raise


def process_cpu_s(pid: int) -> float:
    """CPU seconds of a process, with those of threads that have ended. Raises OSError when it is gone.

    The clock's id is that of clock_getcpuclockid(3), which Python does not offer.
    """
    return time.clock_gettime(~pid << 3 | _SCHEDULER_CLOCK)


def _numbers(text: bytes) -> list[int]:
    return [int(number) for number in text.split()]
