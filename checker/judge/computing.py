"""What a race of CPU-bound work claims: cores kept busy, and what the work costs. Pure.

Bursts on the host of a virtual machine lengthen CPU time (by up to 75 %, once 105 %, measured) and never shorten it. So
what work costs lies between the least of all rounds and what this round took.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from checker.judge.between import Between, exactly
from checker.judge.claim import Claim, Rounds, of_round, of_run
from checker.judge.cores import MIN_CPUS, capacity, cores, demand
from checker.judge.diagnosis import computing
from checker.judge.waiting import TAKEN
from checker.model.answer import Diagnosis
from checker.model.evidence import Round, Run

ROUNDS = 5

AGAINST_CORES = 3
"""Rounds that must refute a claim where the host may have taken the missing core, or made the work expensive."""

MOST_COST = 1.8
"""Times sync's CPU time, where cores that share an execution unit are allowed for. Measured: right attempts stay below
1.43, wrong ones above 2."""
DEAR = 1.43
LEAST_COST = 0.5
"""Less than this share of sync's CPU time is less than sync's work: a better algorithm, not concurrency."""
SERIAL = 1.2
"""Work that could never have kept more than this many cores busy is serial, however many cores there are."""

MIN_CAPACITY = 1.15
"""Below this two cores hardly do more than one, and nothing about speed can be told."""
MIN_GOAL = 1.25
"""Least goal when it is scaled to what the cores give: more than serial code may show."""


@dataclass(frozen=True)
class Computing:
    """What is asked for, and what the machine has."""

    goal: float
    """On full cores."""
    limit: float
    cpus: float
    gil_free: bool = False

    @property
    def claims(self) -> list[Claim]:
        """From what no load can cause to what it often does."""
        return [
            Claim(
                cost, lambda rounds: computing.skipped(rounds[-1].attempt, least_sync_s(rounds)),
                at_least=LEAST_COST, earns=False,
            ),
            Claim(
                self._own_cost, self._why_dear, at_most=MOST_COST, against=AGAINST_CORES, why=self._why_open
            ),
            Claim(of_run(self.cores), of_round(self._why_idle), at_least=SERIAL, why=self._why_open),
            Claim(
                of_run(self.cores), of_round(self._why_idle), at_least=self.goal * min(1.0, self.cpus / self.limit),
                against=AGAINST_CORES, why=self._why_open,
            ),
            Claim(self._share_of_goal, of_round(self._why_idle), at_least=1.0, why=self._why_open),
        ]  # fmt: skip

    def cores(self, run: Run) -> Between:
        """Cores that the attempt would have kept busy."""
        return cores(run, self.cpus, self.gil_free)

    def capacity(self, rounds: Rounds) -> float:
        """How many times the work of one core this machine's cores do; the limit, if that was not measured."""
        together = [each.together for each in rounds if each.together]
        return min(self.limit, capacity(least_sync_s(rounds), together)) if together else self.limit

    def scaled_goal(self, rounds: Rounds) -> float:
        """The goal, as the same share of what this machine's cores give."""
        return max(MIN_GOAL, self.goal * self.capacity(rounds) / self.limit)

    def speedup(self, rounds: Rounds) -> float:
        """Of the last round: cores kept busy, divided by the cost of the work (at least 1)."""
        return demand(rounds[-1].attempt, self.cpus, self.gil_free) / max(1.0, cost(rounds).most)

    def _share_of_goal(self, rounds: Rounds) -> Between:
        """Proves, and never refutes: the host may have made the work expensive."""
        blind = self.capacity(rounds) < MIN_CAPACITY
        return Between(0.0 if blind else self.speedup(rounds) / self.scaled_goal(rounds), inf)

    def _own_cost(self, rounds: Rounds) -> Between:
        """The cost, relative to what sync's work costs on two cores at once, which may be less than two full ones."""
        return cost(rounds).over(self.limit / self.capacity(rounds))

    def _why_dear(self, rounds: Rounds) -> Diagnosis:
        held = computing.held_gil_between(rounds[-1], self.gil_free)
        return held or computing.multiplied(rounds[-1].attempt, least_sync_s(rounds))

    def _why_idle(self, evidence: Round) -> Diagnosis:
        return (
            computing.held_gil_between(evidence, self.gil_free)
            or computing.at_lock(evidence, self.gil_free)
            or computing.uneven(evidence, demand(evidence.attempt, self.cpus, self.gil_free))
        )

    def _why_open(self, evidence: Round) -> str:
        if self.cpus < MIN_CPUS:
            return f"this machine lets the checker use {self.cpus:.1f} CPUs, and work side by side needs two"
        gives = self.capacity([evidence])
        if gives < MIN_CAPACITY:
            return f"two cores of this machine do only {gives:.2f} times the work of one"
        times = cost([evidence]).most
        if times * gives / self.limit > DEAR:
            return (
                f"its work took {times:.1f} times sync's CPU time, on this machine; run it again when nothing else runs"
            )
        return TAKEN


def least_sync_s(rounds: Rounds) -> float:
    """The least CPU time that sync's work took in any round, alone or in company."""
    return min(run.cpu.cpu_s for each in rounds for run in (each.sync, *each.together) if run is not None)


def cost(rounds: Rounds) -> Between:
    """CPU time of the attempt over sync's: between the least of all rounds and that of the last round."""
    needed_s = max(least_sync_s(rounds), 1e-6)
    own_s = [each.attempt.cpu.cpu_s for each in rounds]
    return Between(min(own_s), own_s[-1]).over(needed_s)


# --- faster code --------------------------------------------------------------------------------------

BURST = 1.67
"""In a burst on the host, code may take this many times the CPU time that it needs."""
STEADY = 1.1
"""The same for the best of STEADY_ROUNDS rounds."""
STEADY_ROUNDS = 3
TOO_MUCH = 3.0
"""Times the limit. A closed formula in place of a loop is sixty times faster than the fastest loop (measured)."""


def gain(rounds: Rounds) -> float:
    """How many times less CPU time than sync the attempt needs: the least of each side."""
    own_s = min(each.attempt.cpu.cpu_s for each in rounds)
    return least_sync_s(rounds) / own_s if own_s > 0 else inf


def faster_code(goal: float, limit: float) -> list[Claim]:
    """The claims of a race of faster code, in one thread."""

    def seen(rounds: Rounds) -> Between:
        error = STEADY if len(rounds) >= STEADY_ROUNDS else BURST
        return Between(gain(rounds), gain(rounds) * error)

    def with_bursts_of_sync(rounds: Rounds) -> Between:
        return Between(gain(rounds) / BURST, gain(rounds))

    return [
        Claim(
            with_bursts_of_sync,
            lambda rounds: computing.no_loop(gain(rounds), limit),
            at_most=TOO_MUCH * limit,
            earns=False,
        ),
        Claim(seen, lambda rounds: computing.slow_code(gain(rounds), goal), at_least=goal, why=lambda _: TAKEN),
    ]


# --- code that lets go of the GIL ---------------------------------------------------------------------

LEAST_WATCHED_S = 0.1
"""CPU time in which nothing can be seen yet: twenty samples."""


CALLERS = 2
"""Threads that call the code at once."""
OTHERS_SHARE = 0.1
"""Of the CPU time. Code that holds the GIL keeps one core busy. To look like 1.4 it needs a third thread that burns
time, with at least a fifth of all; the thread that only starts the two needs a hundredth (measured)."""


def own_cores(run: Run, cpus: float) -> Between:
    """Cores that one process kept busy. Others are not asked: one that only burns time would look like a thread."""
    return cores(run.with_processes(run.cpu.processes[:1]), cpus, gil_free=True)


def others_share(run: Run) -> Between:
    """Share of the CPU time of its process that others than the two callers had; what was not seen may be anybody's."""
    own = run.cpu.processes[0]
    if not own.each_thread or own.cpu_s <= 0:
        return exactly(0.0)  # nobody tells threads apart here
    each_s = sorted((thread.cpu_s for thread in own.each_thread), reverse=True)
    callers_s, others_s = sum(each_s[:CALLERS]), sum(each_s[CALLERS:])
    return Between(others_s, max(others_s, own.cpu_s - callers_s)).over(own.cpu_s)


def two_threads(goal: float, cpus: float) -> list[Claim]:
    """The claims on code that two threads call at once, and that lets go of the GIL: in one process."""

    def why(_: Round) -> str:
        few = f"this machine lets the checker use {cpus:.1f} CPUs, and two threads need two"
        return few if cpus < MIN_CPUS else TAKEN

    return [
        Claim(
            of_run(lambda run: exactly(run.cpu.cpu_s)), of_round(computing.nothing_to_watch), at_least=LEAST_WATCHED_S
        ),
        Claim(
            of_run(others_share),
            lambda rounds: computing.others_worked(others_share(rounds[-1].attempt).least),
            at_most=OTHERS_SHARE, why=why,
        ),
        Claim(
            of_run(lambda run: own_cores(run, cpus)),
            lambda rounds: computing.held_gil(rounds[-1].attempt, own_cores(rounds[-1].attempt, cpus).least),
            at_least=goal, why=why,
        ),
    ]  # fmt: skip
