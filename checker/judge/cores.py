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
"""With fewer usable CPUs, work side by side cannot be observed."""

GIL_CONTENDED_S = 0.002
"""If a thread waits longer than this for the GIL, on average, some code holds it. Measured: beside code that releases
it, less than 0.5 ms; beside Python code, which lets go every 5 ms (sys.getswitchinterval), more than 4 ms."""

STARVED_SHARE = 0.25
"""Share of one core. Threads that get less seldom run at the same time, so that a thread that asks for the GIL gets it
even where they compete for it. Measured: in half of the runs at a share of 0.14 to 0.18 (12 busy programs on two
cores), never at 0.28 (6 programs)."""
MANY_SLEEPS = 240
"""Per CPU second. Measured: threads that let go of the GIL go to sleep 20 to 140 times, to wait for work; threads that
compete for it at least 330 times beside 12 busy programs, and up to 24 000 times beside none."""

WORKER_SHARE = 0.1
"""Share of the CPU time of the busiest process (or thread). One that does less, such as a parent that waits for its
workers, waits for a core each time it wakes up: beside 8 busy programs 44 times as long as it computed (measured),
once so long that one worker looked like two."""

NOT_ALONE = 0.1
"""Share of the run's CPU time. Where nothing else runs, right attempts wait less than this for a core, and the wait for
the GIL can be trusted."""


def cores(run: Run, cpus: float, gil_free: bool = False) -> Between:
    """Cores that the run would have kept busy on an idle machine with enough of them.

    cpus: those that may be used here. gil_free: the exercise is about code that releases the GIL. The upper bound holds
    however few cores there are: processes that compute on one core at a time each last as long as the busiest one.
    """
    ceiling = _balance(run, _workers(run, at_once=gil_free or run.starts.interpreters or not run.gil))
    kept = min(kept_busy(run), ceiling)  # so much CPU time takes so many cores, whatever else was seen
    if not run.cpu.accounted or cpus < MIN_CPUS or (gil_free and obscured(run)):
        return Between(kept, ceiling)
    at_once = _threads_at_once(run, gil_free) or run.starts.interpreters
    most = min(cpus, _wanted_by_all_s(run) / run.wall_s) if at_once and run.wall_s > 0 else 0.0
    wanted = demand(run, cpus, gil_free)
    stood_still = run.stolen_s / run.wall_s if run.wall_s > 0 else 0.0  # its core was taken away by the host
    return Between(max(wanted / ERROR, kept), max(min(max(wanted, most) * ERROR + stood_still, ceiling), kept))


def _may_spin(run: Run) -> bool:
    """Whether threads may look runnable only because they want a lock.

    Without a GIL, they try several times before they sleep, and each time wait for a core behind all other programs.
    Measured: a lock around all of the work looked like 1.7 cores, beside 4 busy programs.
    """
    return not run.gil and any(process.busy_threads > 1 for process in run.cpu.processes)


def kept_busy(run: Run) -> float:
    """CPU seconds per second of wall clock: the cores that it did keep busy, on any platform and under any load."""
    return run.cpu.cpu_s / run.wall_s if run.wall_s > 0 else 0.0


def demand(run: Run, cpus: float, gil_free: bool = False) -> float:
    """Cores that the run could have kept busy, at most the usable ones; those that it did, where no more is known.

    Threads that compete for the GIL look runnable whenever they wake up to ask for it, so one process counts at
    most once over its lifetime, unless the exercise is about code that releases it (`gil_free`) and a thread that
    asked for the GIL meanwhile got it. Without a GIL, threads that want a lock may look runnable: that is no demand.
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
    """Cores that threads in interpreters of their own kept busy.

    Only the process itself says that it made interpreters, so only CPU time counts: threads that waited may have waited
    for a GIL.
    """
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
    """Most core seconds that it can have wanted: threads that waited for its own threads wanted no further core."""
    return run.cpu.cpu_s + run.outside_s


def _wanted_by_all_s(run: Run) -> float:
    """Core seconds that all threads wanted, also those that only hand out work: until these had a core, nobody did."""
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
    """(CPU seconds, seconds waiting for a core) of each; equal parts for the busy ones, if they were not told apart."""
    number = max(1, process.busy_threads)
    told = [(thread.cpu_s, thread.wait_s) for thread in process.each_thread]
    return told or [(process.cpu_s / number, process.wait_s / number)] * number


def _balance(run: Run, workers: Sequence[_Worker]) -> float:
    """Cores that they would have kept busy at best: on free cores, too, it lasts as long as the busiest one computes.

    Waiting does not count: while the whole machine stands still, an idle worker waits as long as a busy one.
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
    """How many times longer than on free cores the workers took that did the work."""
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
