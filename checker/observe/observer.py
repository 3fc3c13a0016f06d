"""Sample the attempt's process tree in a thread: scheduler accounting per process, and the number of processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from checker.model.evidence import CpuUse, ProcessUse, Slice, ThreadUse
from checker.model.exercise import ATTEMPT
from checker.model.limits import MIB, Limits
from checker.observe import disk, helpers, linux, portable
from checker.observe.cpus import usable_cpus
from checker.observe.memory import Together
from checker.observe.tree import NO_TIME, Times, Tree, TreeReader

CPU_PERIOD_S = 0.005
"""For CPU-bound races: a worker that is born and dies between two samples is missed."""
WAITING_PERIOD_S = 0.02
MEMORY_EVERY = 5
"""One sample in this many also looks at memory and disk: that takes longer than the rest, and they grow slowly."""
BUSY_THREAD_SHARE = 0.1
"""A thread is busy when it has at least this share of its process's CPU time."""


class Account(Protocol):
    """What the kernel itself counts and refuses."""

    def cpu_s(self) -> float | None:
        """CPU seconds so far, also of what lived between two looks; None: it does not count."""

    def exceeded(self) -> str:
        """What was more than it allows; "" if nothing was."""


@dataclass
class _Thread:
    base: Times = NO_TIME
    """At the last `rebase`."""
    now: Times = NO_TIME


@dataclass
class _Process:
    name: str
    started_s: float
    ended_s: float
    base_cpu_s: float = 0.0
    cpu_s: float = 0.0
    """Of all threads, also of those that lived between two samples."""
    threads: dict[int, _Thread] = field(default_factory=dict)
    slices: list[Slice] = field(default_factory=list)
    most_threads: int = 0
    helper: bool = False

    def used(self) -> Times:
        wait_s = sum(thread.now.wait_s - thread.base.wait_s for thread in self.threads.values())
        return Times(self.cpu_s - self.base_cpu_s, wait_s)


class Observer:
    """Samples from `start` to `stop`; what was used before `rebase` is kept apart.

    `on_excess` is called, once and from the sampling thread, with what was more than the limits allow.
    """

    def __init__(
        self, pid: int, keeper: int, folder: str, period_s: float, limits: Limits, on_excess: Callable[[str], None],
        account: Account,
    ) -> None:  # fmt: skip
        self._folder = folder
        self._account = account
        self._counted_before_s = 0.0
        self._reader: TreeReader = linux.ProcReader(pid, keeper) if linux.available() else portable.PsutilReader(keeper)
        self._period_s = period_s
        self._limits = limits
        self._on_excess = on_excess
        self._memory = Together(limits.memory_mib * MIB, self._reader.part)
        self._processes: dict[int, _Process] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checker-observer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def rebase(self) -> float:
        """Count from now on. Returns the CPU seconds used before."""
        with self._lock:
            self._sample()
            before_s = self._seen_s()
            self._counted_before_s = self._account.cpu_s() or 0.0
            now_s = time.perf_counter()
            for process in self._processes.values():
                process.started_s, process.slices, process.most_threads = now_s, [], 0
                process.base_cpu_s = process.cpu_s
                for thread in process.threads.values():
                    thread.base = thread.now
        return before_s

    def used(self) -> Times:
        """Seconds on a CPU, and seconds of waiting for one, since the last `rebase`."""
        with self._lock:
            self._sample()
            return Times(self._cpu_s(), sum(process.used().wait_s for process in self._processes.values()))

    def _seen_s(self) -> float:
        return sum(process.used().cpu_s for process in self._processes.values())

    def _cpu_s(self) -> float:
        return max(self._seen_s(), (self._account.cpu_s() or 0.0) - self._counted_before_s)

    def stop(self) -> CpuUse:
        """Take the last reading, as late as possible, and end."""
        with self._lock:
            alive = self._sample()
            counted_s = self._account.cpu_s()
            for pid in helpers.among(alive):
                self._processes[pid].helper = True
        self._stop.set()
        self._thread.join()
        self._reader.close()
        # A control group's quota stops programs in a way that the kernel does not count as waiting.
        accounted = self._reader.accounted and usable_cpus() >= 1
        return CpuUse(
            processes=tuple(_use(process) for process in self._processes.values()), accounted=accounted,
            counted_s=None if counted_s is None else counted_s - self._counted_before_s,
        )  # fmt: skip

    def _run(self) -> None:
        memory_bytes, elsewhere = 0, ""
        for turn in count():
            with self._lock:
                alive = self._sample()
                used_s = self._cpu_s()
            if turn % MEMORY_EVERY == 0:
                memory_bytes = self._memory.bytes(self._reader.holdings(alive))
                elsewhere = disk.exceeded(self._folder, self._limits) or self._account.exceeded()
            threads = sum(len(readings) for _, readings in alive.values())
            excess = self._limits.exceeded(len(alive), threads, memory_bytes, used_s) or elsewhere
            if excess:
                self._on_excess(excess)
            if excess or self._stop.wait(self._period_s):
                return

    def _sample(self) -> Tree:
        now_s = time.perf_counter()
        tree = self._reader.read()
        for pid, (cpu_s, threads) in tree.items():
            process = self._processes.get(pid)
            if process is None:
                name = f"process {len(self._processes)}" if self._processes else ATTEMPT
                process = self._processes[pid] = _Process(name, now_s, now_s)
            _add(process, cpu_s, threads, now_s)
        return tree


def _add(process: _Process, cpu_s: float, threads: dict[int, Times], now_s: float) -> None:
    before = process.used()
    process.cpu_s = cpu_s
    for tid, times in threads.items():
        process.threads.setdefault(tid, _Thread()).now = times
    after = process.used()
    process.most_threads = max(process.most_threads, len(threads))
    process.ended_s = now_s
    process.slices.append(Slice(end_s=now_s, cpu_s=after.cpu_s - before.cpu_s, wait_s=after.wait_s - before.wait_s))


def _use(process: _Process) -> ProcessUse:
    cpu_s, wait_s = process.used()
    threads = [
        ThreadUse(cpu_s=max(0.0, now.cpu_s - base.cpu_s), wait_s=max(0.0, now.wait_s - base.wait_s))
        for base, now in ((thread.base, thread.now) for thread in process.threads.values())
    ]
    busy = [thread for thread in threads if thread.cpu_s > BUSY_THREAD_SHARE * cpu_s]
    return ProcessUse(
        name=process.name, started_s=process.started_s, ended_s=process.ended_s, cpu_s=cpu_s, wait_s=wait_s,
        threads=process.most_threads, busy_threads=len(busy), slices=tuple(process.slices), helper=process.helper,
        each_thread=tuple(threads),
    )  # fmt: skip
