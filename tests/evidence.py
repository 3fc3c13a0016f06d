"""Builders of recorded evidence, for tests of the pure core: nothing runs, nothing sleeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from checker.model.evidence import Beat, CpuUse, ProcessUse, Run, Slice, Span
from checker.model.outcome import Returned

START_S = 100.0


def span(start_s: float, end_s: float | None, latency_s: float = 0.05, **fields: Any) -> Span:
    """An operation that was answered, at seconds after the start of its run."""
    defaults = {"name": "say", "outcome": "answered" if end_s is not None else "open"}
    return Span(
        start_s=START_S + start_s,
        end_s=None if end_s is None else START_S + end_s,
        latency_s=latency_s,
        **{**defaults, **fields},
    )


def in_rounds(number: int, width: int, latency_s: float = 0.05) -> tuple[Span, ...]:
    """Operations as a pool of this width would do them on an ideal machine."""
    rounds = [index // width for index in range(number)]
    return tuple(span(turn * latency_s, (turn + 1) * latency_s, latency_s) for turn in rounds)


def beats(*moments_s: float, sure: bool = True) -> tuple[Beat, ...]:
    """An event loop that answered at these seconds after the start of its run, a millisecond after it was asked."""
    return tuple(Beat(asked_s=START_S + at_s - 0.001, came_s=START_S + at_s, sure=sure) for at_s in moments_s)


def process(cpu_s: float, wait_s: float = 0.0, alive_s: float = 1.0, **fields: Any) -> ProcessUse:
    """Scheduler accounting of one process that lived from the start."""
    defaults = {"name": "attempt.py", "threads": 1, "busy_threads": 1}
    return ProcessUse(
        started_s=START_S,
        ended_s=START_S + alive_s,
        cpu_s=cpu_s,
        wait_s=wait_s,
        slices=(Slice(end_s=START_S + alive_s, cpu_s=cpu_s, wait_s=wait_s),),
        **{**defaults, **fields},
    )


def run(wall_s: float = 1.0, value: Any = None, **fields: Any) -> Run:
    """A run that returned a value."""
    base = Run(
        function="work",
        outcome=Returned(value=value),
        started_s=START_S,
        wall_s=wall_s,
        cpu=CpuUse(processes=(process(0.01, alive_s=wall_s),)),
    )
    return msgspec.structs.replace(base, **fields)


def waiting_run(
    width: int, wall_s: float, wait_s: float = 0.0, outside_s: float = 9.0, late_s: float = 0.0, stolen_s: float = 0.0
) -> Run:
    """Twenty operations of 50 ms; the run waited so long for a core, others ran so long, of which the host so long, and
    the world was so late."""
    cpu = CpuUse(processes=(process(0.02, wait_s, wall_s),))
    return run(wall_s, spans=in_rounds(20, width), cpu=cpu, outside_s=outside_s, late_s=late_s, stolen_s=stolen_s)


def computing(wall_s: float, *processes: ProcessUse, **fields: Any) -> Run:
    """A run of CPU-bound work. Whenever it had to wait for a core, another program ran there."""
    cpu = CpuUse(processes=tuple(processes))
    return run(wall_s, **{"cpu": cpu, "outside_s": cpu.wait_s, **fields})


def serial_work(cpu_s: float = 1.0) -> Run:
    """Sync's run of CPU-bound work on a quiet machine."""
    return computing(cpu_s, process(cpu_s, alive_s=cpu_s))


def pool_work(wall_s: float, shares: Sequence[tuple[float, float]], **fields: Any) -> Run:
    """A pool's run: (CPU seconds, seconds waiting for a core) of each worker, and an idle parent."""
    workers = [process(cpu_s, wait_s, wall_s, name=f"process {n}") for n, (cpu_s, wait_s) in enumerate(shares, 1)]
    return computing(wall_s, process(0.01, alive_s=wall_s), *workers, **fields)
