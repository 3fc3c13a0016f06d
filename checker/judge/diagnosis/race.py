"""Why a race was not won."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from checker.judge import overlap
from checker.judge.diagnosis import lines
from checker.judge.diagnosis.conduct import narrow, serial
from checker.judge.diagnosis.hints import count, diagnosis
from checker.judge.verdict import SKIPPED_SHARE, Cpu, Pair, Waiting
from checker.model.answer import Code, Diagnosis
from checker.model.evidence import CpuUse, ProcessUse, Run

BLOCKED_S = 0.05
"""An event loop that comes round less often than this, and not for want of a core, is blocked."""
BUSY_SHARE = 0.04
"""A process with less of the CPU time only started, and ended; one tenth of the work is more than that."""
MULTIPLIED = 1.6
"""More than this many times sync's CPU time: measured, right attempts stay below 1.2."""
GIL_TOLD_S = 0.001
"""Once a race is lost, a wait for the GIL this long is the reason: measured, hashing a kilobyte at a time makes it 1.4
to 3.7 ms (reading lets go of the GIL in between), and code that does not need the GIL at most 0.8 ms."""
LOPSIDED = 0.65
"""A process with more than this share of the CPU time leaves the others without work."""


def waiting(yardstick: Waiting, run: Run) -> Diagnosis:
    """From the last round of a waiting-bound race that was lost."""
    if yardstick.too_fast(run):
        return _too_fast(yardstick, run)
    spans = overlap.counted(run.spans)
    peak = overlap.peak(spans, run.end_s)
    blocked = _blocked(run)
    if blocked is not None:
        return blocked
    if peak <= 1:
        return serial(run)
    if peak <= yardstick.wrong_width:
        return narrow(run, peak, yardstick.wrong_width + 1)
    sentence = (
        f"Up to {peak} operations were in flight at once, and still it took {run.wall_s * 1000:.0f} ms, "
        f"where {yardstick.allowed_s * 1000:.0f} ms would do"
    )
    return diagnosis(Code.LATE, sentence, lines.waiting(run))


def _too_fast(yardstick: Waiting, run: Run) -> Diagnosis:
    if run.early_operations:
        return diagnosis(Code.TOO_FAST, f"{count(run.early_operations, 'operation')} began before the call did")
    least_ms = yardstick.bounds.least_s * 1000
    sentence = (
        f"{run.function} took {run.wall_s * 1000:.0f} ms, but the work cannot be done in less than {least_ms:.0f} ms"
    )
    early = next((span for span in run.spans if span.mark), None)
    if early is not None:
        return diagnosis(
            Code.TOO_FAST, f"{sentence}: {early.name} {early.key} {early.mark}, and did not wait", early.line
        )
    return diagnosis(Code.TOO_FAST, sentence)


def _blocked(run: Run) -> Diagnosis | None:
    line = lines.blocking(run)
    if run.loop_gap_s is None or line is None or run.loop_gap_s - run.delayed_s < BLOCKED_S:
        return None
    sentence = f"The event loop stood still for {run.loop_gap_s * 1000:.0f} ms at a time, because a call in it blocks"
    return diagnosis(Code.BLOCKS_LOOP, sentence, line)


def cpu(yardstick: Cpu, pairs: Sequence[Pair]) -> Diagnosis:
    """From the rounds of a CPU-bound race that was lost."""
    run = pairs[-1][1]
    used = min(attempt.cpu.cpu_s for _, attempt in pairs)
    needed = min(yardstick.sync_s, *(sync.cpu.cpu_s for sync, _ in pairs))
    if used < SKIPPED_SHARE * needed:
        sentence = f"{run.function} used {used:.2f} s of CPU time for work that takes sync {needed:.2f} s"
        return diagnosis(Code.WORK_SKIPPED, sentence)
    if yardstick.gil_free and (run.gil_wait_s or 0.0) >= GIL_TOLD_S:
        return _held_gil_between(run)
    if used > MULTIPLIED * needed:
        sentence = f"The work cost {used:.1f} s of CPU time, where sync needs {needed:.1f} s"
        return diagnosis(Code.WORK_MULTIPLIED, sentence)
    busy = [process for process in run.cpu.processes if process.cpu_s >= BUSY_SHARE * run.cpu.cpu_s]
    if len(busy) <= 1:
        return _one_process(run, busy)
    largest = max(process.cpu_s for process in busy) / run.cpu.cpu_s
    if largest > LOPSIDED:
        return diagnosis(Code.UNDER_USED, f"One of {len(busy)} processes did {largest:.0%} of the work")
    cores = median(yardstick.demands(pairs))
    sentence = f"{len(busy)} processes shared the work, but on average only {cores:.1f} of them had any at a time"
    return diagnosis(Code.UNDER_USED, sentence)


def code(goal: float, gain: float) -> Diagnosis:
    """From a race of faster code that was lost."""
    sentence = f"It takes {gain:.1f} times less CPU time than sync.py, and {goal:g} times less is asked for"
    return diagnosis(Code.WORK_MULTIPLIED, sentence, hint=_PYTHON_INSIDE)


_PYTHON_INSIDE = (
    "Something in the loop is still a Python object: a variable without a C type, or a function of Python's. "
    "`cython -a attempt.pyx` writes attempt.html, where what still needs Python is yellow."
)


def _held_gil_between(run: Run) -> Diagnosis:
    waited_ms = (run.gil_wait_s or 0.0) * 1000
    sentence = f"Whoever wanted the GIL had to wait {waited_ms:.0f} ms for it: only one thread at a time could compute"
    return diagnosis(Code.GIL_BOUND, sentence, lines.waiting(run), _LARGER_PIECES)


_LARGER_PIECES = (
    "C code lets go of the GIL only where that is worth it. Give it more to do in each call: larger pieces, fewer "
    "calls."
)


def held_gil(demand: float) -> Diagnosis:
    """From two threads that never computed at the same time."""
    sentence = f"Two threads called it at once, and kept only {demand:.1f} cores busy: it holds the GIL all the time"
    return diagnosis(Code.GIL_BOUND, sentence, hint=_NO_GIL)


_NO_GIL = (
    "Put the loop into a `with nogil:` block. In there only C variables and C functions may be used, "
    "so that Python does not need to be asked for anything."
)


def _one_process(run: Run, busy: list[ProcessUse]) -> Diagnosis:
    line = lines.waiting(run)
    threads = max((process.busy_threads for process in busy), default=1)
    if threads > 1:
        sentence = f"{threads} threads shared the work, but only one at a time could run Python code"
        return diagnosis(Code.GIL_BOUND, sentence, line)
    others = _idle(run.cpu)
    if others:
        idle = count(others, "worker process", "worker processes")
        return diagnosis(Code.SERIAL, f"One process did all the work, while {idle} sat idle", line, _SPLIT)
    return diagnosis(Code.SERIAL, "One process did all the work, on one core", line, _SPLIT)


_SPLIT = "Split the work into as many parts as there are workers, and hand out all parts before you ask for a result."


def _idle(cpu_use: CpuUse) -> int:
    return sum(process.cpu_s < BUSY_SHARE * cpu_use.cpu_s for process in cpu_use.processes)
