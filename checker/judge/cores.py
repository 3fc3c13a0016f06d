"""How many cores a run could have kept busy, if nothing else had wanted them. Pure.

Demand is (time on CPU + time runnable but waiting for a core) / wall, summed over the run's processes. Corrected wall
clock is CPU time / demand: a raw ratio of wall clocks says nothing when two programs share two cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from checker.judge.between import Between
from checker.model.evidence import ProcessUse, Run

ERROR = 1.1
"""A demand is right within this factor: measured, right pools of two want 1.91 to 2.04 cores, beside 8 programs."""

MIN_CPUS = 1.5
"""With less, nothing can be seen side by side."""

GIL_CONTENDED_S = 0.002
"""A thread that wants the GIL gets it within this, on average, or somebody holds it for long: measured, code that
releases it stays below 0.5 ms, and Python code, which lets go every 5 ms (sys.getswitchinterval), above 4 ms."""

STARVED_SHARE = 0.25
"""Of one core. Threads that get less of it seldom meet, and a thread that asks for the GIL then gets it even where
they fight for it: measured, at 0.14 to 0.18 (12 busy programs on two cores) in half of the runs, at 0.28 (6) never."""
MANY_SLEEPS = 240
"""Per CPU second. Measured: threads that let go of the GIL go to sleep 20 to 140 times, to wait for work; threads that
fight for it at least 330 times, beside 12 busy programs, and up to 24 000 times beside none."""

WORKER_SHARE = 0.1
"""Of the CPU time of the process (or thread) that did most. One that does less, such as a parent that waits for its
workers, waits for a core each time that it wakes up: beside 8 busy programs that was 44 times what it needed
(measured), once so much that one worker looked like two."""

NOT_ALONE = 0.1
"""Of its CPU time. Right attempts wait less for a core where nothing else runs; and there the GIL itself tells."""


def cores(run: Run, cpus: float, gil_free: bool = False) -> Between:
    """Cores that the run would have kept busy on an idle machine with enough of them.

    cpus: those that may be used here. gil_free: the exercise is about code that lets go of the GIL. What bounds it
    from above however few cores there are: processes of which each computes on one core at a time last as long as the
    busiest.
    """
    ceiling = _balance(run, _workers(run, at_once=gil_free or run.starts.interpreters or not run.gil))
    kept = min(kept_busy(run), ceiling)  # whoever had so much CPU time was on so many cores, whatever else is said
    if not run.cpu.accounted or cpus < MIN_CPUS or (gil_free and obscured(run)):
        return Between(kept, ceiling)
    at_once = _threads_at_once(run, gil_free) or run.starts.interpreters
    most = min(cpus, _wanted_by_all_s(run) / run.wall_s) if at_once and run.wall_s > 0 else 0.0
    wanted = demand(run, cpus, gil_free)
    stood_still = run.stolen_s / run.wall_s if run.wall_s > 0 else 0.0  # on a core that the host had taken away
    return Between(max(wanted / ERROR, kept), max(min(max(wanted, most) * ERROR + stood_still, ceiling), kept))


def _may_spin(run: Run) -> bool:
    """Without a GIL, a thread that wants a lock asks several times before it sleeps, each time behind all other
    programs: it looks as if it wanted a core. Measured, a lock around all of the work looked like 1.7 cores, beside 4.
    """
    return not run.gil and any(process.busy_threads > 1 for process in run.cpu.processes)


def kept_busy(run: Run) -> float:
    """CPU seconds per second of wall clock: so many cores it did keep busy, on any platform and beside any load."""
    return run.cpu.cpu_s / run.wall_s if run.wall_s > 0 else 0.0


def demand(run: Run, cpus: float, gil_free: bool = False) -> float:
    """Cores that the run could have kept busy, at most the usable ones; what it did keep busy, if that is all we know.

    Threads that fight for the GIL look runnable whenever they wake up to ask for it, so one process counts at
    most once over its lifetime, unless the exercise is about code that releases it (`gil_free`) and a thread that
    asked for the GIL meanwhile got it. Without a GIL, they may look so when they want a lock: that is no demand.
    """
    if run.wall_s <= 0:
        return 0.0
    if not run.cpu.accounted or _may_spin(run):
        return kept_busy(run)
    workers = _workers(run, _threads_at_once(run, gil_free))
    unseen_s = max(0.0, run.cpu.cpu_s - sum(worker.cpu_s for worker in workers))
    wanted_s = unseen_s + sum(_wanted_s(worker, _slowdown(workers)) for worker in workers)
    wanted = min(cpus, min(wanted_s, _most_s(run)) / run.wall_s, _balance(run, workers))
    return max(wanted, _kept_by_interpreters(run, cpus))


def _kept_by_interpreters(run: Run, cpus: float) -> float:
    """That it made interpreters is the process's own word: believed as far as its CPU time bears it out, and not of
    threads that waited, who may have waited for a GIL."""
    if not run.starts.interpreters:
        return 0.0
    return min(cpus, kept_busy(run), _balance(run, _workers(run, at_once=True)))


def _threads_at_once(run: Run, gil_free: bool) -> bool:
    """Whether threads of one process may have computed at once."""
    return not run.gil or (gil_free and not contended(run))


def contended(run: Run) -> bool:
    """Whether a thread that asked for the GIL meanwhile had to wait long for it."""
    return (run.gil_wait_s or 0.0) >= GIL_CONTENDED_S


def _most_s(run: Run) -> float:
    """Who waits for a core waits for what runs there. Where that was the attempt's own, it wanted no further core."""
    return run.cpu.cpu_s + run.outside_s


def _wanted_by_all_s(run: Run) -> float:
    """With all that its threads waited, also those that only hand out the work: until they had a core, nobody had."""
    return min(run.cpu.cpu_s + run.cpu.wait_s, _most_s(run))


class _Worker(NamedTuple):
    """What computes on one core at a time."""

    cpu_s: float
    wait_s: float
    alive_s: float


def _workers(run: Run, at_once: bool) -> list[_Worker]:
    """Its processes; their threads, where those compute at once."""
    found = []
    for process in run.cpu.processes:
        alive_s = min(process.ended_s, run.end_s) - max(process.started_s, run.started_s)
        parts = _threads(process) if at_once else [(process.cpu_s, process.wait_s)]
        found += [_Worker(cpu_s, wait_s, max(alive_s, cpu_s)) for cpu_s, wait_s in parts]
    return found


def _threads(process: ProcessUse) -> list[tuple[float, float]]:
    """(CPU seconds, seconds waiting for a core) of each. Where nobody told them apart, busy ones have equal parts."""
    number = max(1, process.busy_threads)
    told = [(thread.cpu_s, thread.wait_s) for thread in process.each_thread]
    return told or [(process.cpu_s / number, process.wait_s / number)] * number


def _balance(run: Run, workers: Sequence[_Worker]) -> float:
    """Cores that they would have kept busy at best: on free cores, too, it lasts as long as the busiest one computes.
    However long the others waited: who stands still with the whole machine waits as long as who computes.
    """
    most_s = max((worker.cpu_s for worker in workers), default=0.0)
    return run.cpu.cpu_s / most_s if most_s > 0 else inf


def obscured(run: Run) -> bool:
    """Whether other programs left the run so little of the cores that nobody can tell who holds the GIL."""
    if not run.gil:
        return False
    cpu_s, wait_s = run.cpu.cpu_s, run.cpu.wait_s
    starved = cpu_s < STARVED_SHARE * run.wall_s and wait_s > cpu_s
    sleepy = not contended(run) and (run.sleeps or 0) > MANY_SLEEPS * cpu_s
    # Where an extension has switched the GIL on, right attempts, too, waited 3.5 ms for it on a busy machine.
    return starved or ((sleepy or (contended(run) and run.gil_came_on)) and wait_s > NOT_ALONE * cpu_s)


def _slowdown(workers: Sequence[_Worker]) -> float:
    """How many times longer than on free cores those took that did the work."""
    most_s = max((worker.cpu_s for worker in workers), default=0.0)
    busy = [worker for worker in workers if worker.cpu_s > 0 and worker.cpu_s >= WORKER_SHARE * most_s]
    return max(((worker.cpu_s + worker.wait_s) / worker.cpu_s for worker in busy), default=1.0)


def _wanted_s(worker: _Worker, slowdown: float) -> float:
    return min(worker.cpu_s + worker.wait_s, worker.cpu_s * slowdown, worker.alive_s)


def corrected_s(run: Run, cpus: float) -> float:
    """The run's wall clock without the time that other programs took; its wall clock where that is unknown."""
    wanted = demand(run, cpus)
    return run.cpu.cpu_s / wanted if run.cpu.accounted and wanted > 0 else run.wall_s


def capacity(alone_s: float, together: Sequence[Sequence[Run]]) -> float:
    """How many times the work of one core this machine's cores really do.

    From the CPU time of sync alone, and from runs of it side by side: as many times as there are on full cores; less
    where cores share an execution unit or memory bandwidth, because the same work then takes more CPU time.
    """
    width = len(together[0])
    least_s = min(sum(run.cpu.cpu_s for run in runs) for runs in together)
    return width * min(1.0, width * alone_s / least_s) if least_s > 0 else float(width)
