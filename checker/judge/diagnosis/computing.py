"""Why a race of CPU-bound work was not won: from the round that shows it."""

from __future__ import annotations

from checker.judge.diagnosis import handed_over, lines
from checker.judge.diagnosis.conduct import LOCK_HINT
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import CpuUse, ProcessUse, Round, Run

WORKING_SHARE = 0.07
"""A process with a smaller share of the CPU time only started and ended; one tenth of the work is more. Measured: a
worker of a fork server (3.14) that did nothing took 29 ms to start, and 5 % of a race beside forty programs."""
GIL_TOLD_S = 0.001
"""Once a race is lost, a wait for the GIL of this length is the reason. Measured: 1.4 to 3.7 ms beside code that hashes
a kilobyte at a time (reading lets go of the GIL in between), at most 0.8 ms beside code that does not need the GIL."""
IN_TURN = 1.05
"""Threads that need no GIL and keep no more cores than this busy take turns. With nine tenths of the work in one part
it is 1.1. (When each part is waited for, it is luck how many threads of a pool get something to do.)"""
LOPSIDED = 0.65
"""A process with more than this share of the CPU time leaves the others without work."""


def skipped(run: Run, needed_s: float) -> Diagnosis:
    """Far less work than sync does, which needs so much CPU time."""
    sentence = f"{run.function} used {run.cpu.cpu_s:.2f} s of CPU time for work that takes sync {needed_s:.2f} s"
    return diagnosis(Code.WORK_SKIPPED, sentence)


def multiplied(run: Run, needed_s: float) -> Diagnosis:
    """Far more work than sync does, which needs so much CPU time."""
    sentence = f"The work cost {run.cpu.cpu_s:.1f} s of CPU time, where sync needs {needed_s:.1f} s"
    threads = max((process.busy_threads for process in run.cpu.processes), default=1)
    shared = threads > 1 and not run.gil
    return diagnosis(Code.WORK_MULTIPLIED, sentence, hint=_SHARED_MEMORY if shared else None)


_SHARED_MEMORY = (
    "Do the threads change the same object again and again, such as a counter? Without a GIL they do not wait for a "
    "lock, but for each other's memory: let each count in a variable of its own, and add up at the end."
)


def at_lock(evidence: Round, gil_free: bool) -> Diagnosis | None:
    """Where threads need not wait for the GIL, they may wait for a lock of their own."""
    line = lines.at_lock(evidence.attempt) if gil_free else None
    if line is None:
        return None
    return diagnosis(Code.SERIAL, "The other threads wait for a lock, while one of them computes", line, LOCK_HINT)


def uneven(evidence: Round, wanted: float) -> Diagnosis:
    """Too few cores were kept busy; `wanted`: how many, on average."""
    run = evidence.attempt
    busy = [process for process in _own(run.cpu) if process.cpu_s >= WORKING_SHARE * run.cpu.cpu_s]
    if len(busy) <= 1:
        return _one_process(run, busy, wanted)
    largest = max(process.cpu_s for process in busy) / run.cpu.cpu_s
    if largest > LOPSIDED:
        return diagnosis(Code.UNDER_USED, f"One of {len(busy)} processes did {largest:.0%} of the work")
    sentence = f"{len(busy)} processes shared the work, but on average only {wanted:.1f} of them had any at a time"
    return diagnosis(Code.UNDER_USED, sentence, lines.waiting(run), _ALL_FIRST)


_ALL_FIRST = (
    "Hand out all parts before you ask for the first result, each of about as much work: who waits for an answer hands "
    "out nothing meanwhile."
)


def _one_process(run: Run, busy: list[ProcessUse], wanted: float) -> Diagnosis:
    line = lines.waiting(run)
    threads = max((process.busy_threads for process in busy), default=1)
    if threads > 1 and (run.starts.interpreters or not run.gil):
        code = Code.UNDER_USED if wanted > IN_TURN else Code.SERIAL
        sentence = f"{threads} threads shared the work, but on average only {wanted:.1f} of them computed at a time"
        return diagnosis(code, sentence, line, None if run.starts.interpreters else _NO_GIL_TO_WAIT_FOR)
    if threads > 1:
        sentence = f"{threads} threads shared the work, but only one at a time could run Python code"
        return diagnosis(Code.GIL_BOUND, sentence, line, _CAME_ON if run.gil_came_on else None)
    workers = [process for process in _own(run.cpu) if process is not run.cpu.processes[0]]
    others = [process for process in workers if process not in busy]
    if others:
        one = "One worker process" if len(others) < len(workers) else "One process"
        idle = count(len(others), "worker process", "worker processes")
        return diagnosis(Code.SERIAL, f"{one} did all the work, while {idle} sat idle", line, _SPLIT)
    hint = handed_over.in_this_thread(run.source) or _SPLIT
    return diagnosis(Code.SERIAL, "One process did all the work, on one core", line, hint)


_CAME_ON = (
    "This Python was started without a GIL. Something that attempt.py imports needs one, and has switched it on: your "
    "output says which module that is."
)
_NO_GIL_TO_WAIT_FOR = (
    "There is no GIL here, so something else keeps them from computing at once: a lock that they all take, parts of "
    "unequal size, or a result that is waited for before the next part is handed out."
)
_SPLIT = (
    "Split the work into as many parts as there are workers, each of them as much work (which is more than as many "
    "items), and hand out all parts before you ask for a result."
)


def _own(cpu_use: CpuUse) -> list[ProcessUse]:
    """Its processes without helpers of the standard library, some of which need 30 ms of a core only to start."""
    return [process for process in cpu_use.processes if not process.helper]


def thanks_to_no_gil(run: Run) -> str:
    """A note for an attempt that won with threads of one process, which would take turns elsewhere; else ""."""
    busy = [process for process in run.cpu.processes if process.cpu_s >= WORKING_SHARE * run.cpu.cpu_s]
    return _ELSEWHERE if not run.gil and len(busy) == 1 and busy[0].busy_threads > 1 else ""


_ELSEWHERE = (
    "Threads computed at once, because this Python has no GIL. Where there is one they take turns, and only processes "
    "compute side by side."
)


def held_gil_between(evidence: Round, gil_free: bool) -> Diagnosis | None:
    """Where the exercise is about releasing the GIL, that it was kept is said first: it explains the rest."""
    waited_s = evidence.attempt.gil_wait_s or 0.0
    if not gil_free or waited_s < GIL_TOLD_S or not evidence.attempt.gil:
        return None
    wait = f"Whoever wanted the GIL had to wait {waited_s * 1000:.0f} ms for it"
    sentence = f"{wait}: only one thread at a time could compute"
    return diagnosis(Code.GIL_BOUND, sentence, lines.waiting(evidence.attempt), _LARGER_PIECES)


_LARGER_PIECES = (
    "C code lets go of the GIL only where that is worth it. Give it more to do in each call: larger pieces, fewer "
    "calls."
)


def held_gil(run: Run, kept: float) -> Diagnosis:
    """Two threads that never computed at the same time."""
    if not run.gil:
        sentence = f"Two threads called it at once, and kept only {kept:.1f} cores busy"
        return diagnosis(Code.UNDER_USED, sentence, hint=_NO_GIL_TO_WAIT_FOR)
    sentence = f"Two threads called it at once, and kept only {kept:.1f} cores busy"
    if run.gil_wait_s is not None and run.gil_wait_s < GIL_TOLD_S:
        return diagnosis(Code.SERIAL, f"{sentence}: only one of them computes at a time", hint=_OWN_LOCK)
    return diagnosis(Code.GIL_BOUND, f"{sentence}: it holds the GIL all the time", hint=_NO_GIL)


def others_worked(share: float) -> Diagnosis:
    """More threads computed than called."""
    sentence = f"Two threads called it, and {share:.0%} of the CPU time went to other threads"
    return diagnosis(Code.WRONG_TOOL, sentence, hint=_CALLERS_WORK)


_CALLERS_WORK = (
    "Your caller makes the threads here: do_math computes in the thread that calls it, and starts none of its own."
)
_OWN_LOCK = (
    "It does let go of the GIL: nobody had to wait for that. Is a `with nogil:` inside of the loop, so that the GIL is "
    "taken again at every step? Or is there a lock around the loop? The variables of a function belong to each call, "
    "and need none."
)
_NO_GIL = (
    "Put the loop into a `with nogil:` block. In there only C variables and C functions may be used, "
    "so that Python does not need to be asked for anything."
)


def nothing_to_watch(evidence: Round) -> Diagnosis:
    """Two threads that ended before it could be seen whether they computed at once."""
    used_ms = evidence.attempt.cpu.cpu_s * 1000
    sentence = f"Called for millions of steps from two threads, it took {used_ms:.0f} ms of CPU time in all"
    return diagnosis(Code.WORK_SKIPPED, sentence, hint=_DO_THE_STEPS)


def no_loop(gain: float, limit: float) -> Diagnosis:
    """Faster than any loop."""
    sentence = f"It takes {gain:.0f} times less CPU time than sync.py, where a loop in C takes {limit:g} times less"
    return diagnosis(Code.WORK_SKIPPED, sentence, hint=_DO_THE_STEPS)


_DO_THE_STEPS = (
    "A formula in place of the loop is a good idea, and another exercise. This one is about doing every step, "
    "only faster."
)


def slow_code(gain: float, goal: float) -> Diagnosis:
    """The same loop, and still too slow."""
    sentence = f"It takes {gain:.1f} times less CPU time than sync.py, and {goal:g} times less is asked for"
    return diagnosis(Code.WORK_MULTIPLIED, sentence, hint=_PYTHON_INSIDE)


_PYTHON_INSIDE = (
    "Something in the loop is still a Python object: a variable without a C type, or a function of Python's. "
    "`cython -a attempt.pyx` writes attempt.html, where what still needs Python is yellow. If nothing is: `**` costs "
    "far more than `sqrt`, and so does a `with nogil:` inside of the loop, where it should be around it."
)
