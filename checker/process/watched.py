"""Makes one call of an attempt, and observes it from the import until the return."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checker.model.evidence import CpuUse, delay_s
from checker.model.limits import Limits
from checker.model.outcome import NotPlainResult, Outcome, Raised, Returned
from checker.observe import linux, machine, memory
from checker.observe.before import Before, look
from checker.observe.observer import CPU_PERIOD_S, WAITING_PERIOD_S, Observer
from checker.process.attempt_process import AttemptProcess
from checker.process.invocation import Handed
from checker.process.messages import After, Ready
from checker.process.samples import Delay


@dataclass(frozen=True)
class Watching:
    """The deadline and limits of a call, and what is measured."""

    deadline_s: float
    limits: Limits = field(default_factory=Limits)
    cpu: bool = False
    """Sample CPU accounting often enough for a CPU-bound race."""
    gil: bool = False
    """Measure how long a thread waits for the GIL."""
    sample_every_s: float | None = None
    """Take stacks this often while it runs, to find the line that waits; None: never."""


@dataclass(frozen=True)
class Watched:
    """What the process itself and the observer report."""

    outcome: Outcome
    started_s: float
    ended_s: float
    cpu: CpuUse
    outside: machine.Used
    import_cpu_s: float
    memory_bytes: int | None
    before: Before
    after: After | None


def watched(
    process: AttemptProcess, message: dict[str, Any], handed: Handed, watching: Watching,
    world_waited_s: Callable[[], float],
) -> Watched:  # fmt: skip
    """Make the call. `world_waited_s`: returns how long the world's thread was held up so far."""
    period_s = CPU_PERIOD_S if watching.cpu else WAITING_PERIOD_S
    observer = Observer(
        process.pid, process.keeper, str(process.folder), period_s, watching.limits, process.stop, process.group
    )
    observer.start()
    after = memory_bytes = None
    before = Before()
    try:
        unread_bytes = memory.in_use(process.pid)
        delayed_s = _delay(machine.used(), observer.used, world_waited_s)
        ready = process.prepare(message, watching.deadline_s, handed.sockets, delayed_s)
        import_cpu_s = observer.rebase()
        used = machine.used()
        delayed_s = _delay(used, observer.used, world_waited_s)
        started_s = time.perf_counter()
        if isinstance(ready, Ready):
            before = look(process.pid, process.keeper)
            started_s = process.go(handed.arguments, watching.deadline_s)
            outcome = process.outcome(watching.deadline_s, watching.sample_every_s, delayed_s)
            memory_bytes = memory.added(process.pid, unread_bytes, before.memory_bytes)
        else:
            outcome = ready
        ended_s = time.perf_counter()
    finally:
        cpu = observer.stop()
    outside = machine.outside(used, cpu.cpu_s)
    if isinstance(outcome, Returned | Raised | NotPlainResult):
        told = process.after(_delay(machine.used(), _waiting(process.pid), world_waited_s))
        after, outcome = (told, outcome) if isinstance(told, After) else (None, told)
    return Watched(outcome, started_s, ended_s, cpu, outside, import_cpu_s, memory_bytes, before, after)


Using = Callable[[], tuple[float, float]]
"""Returns seconds on a CPU, and seconds of waiting for one, since some moment."""


def _delay(before: machine.Used, using: Using, world_waited_s: Callable[[], float]) -> Delay:
    """The delay from now on, by the rule of Run.delayed_s. `before`: the machine's use now; `using`: the attempt's."""
    waited_s = world_waited_s()

    def delayed_s() -> float:
        cpu_s, wait_s = using()
        outside = machine.outside(before, cpu_s)
        return delay_s(wait_s, outside.stolen_s, outside.busy_s) + world_waited_s() - waited_s

    return delayed_s


def _waiting(pid: int) -> Using:
    """Only the waiting of a process's main thread, from now on. That thread makes the report of what is left."""
    before_s = linux.waited_s(pid, pid)
    return lambda: (0.0, linux.waited_s(pid, pid) - before_s)
