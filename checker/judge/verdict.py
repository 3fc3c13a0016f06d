"""What the evidence of a race amounts to. Pure: runs in, verdict out.

A pass needs evidence that no wrong attempt can produce; a failure needs evidence that no right attempt
produces, twice. Everything else is inconclusive. `None` means: another round, please.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from checker.judge import clock, overlap
from checker.model.answer import Verdict
from checker.model.evidence import Run

WAITING_ROUNDS = 6
CPU_ROUNDS = 5
AGAINST = 2
"""Rounds of evidence that a failure needs."""
AGAINST_CORES = 3
"""... where the host of a virtual machine may have taken the core that was missing, or made the work dear."""

CLEARLY_ABOVE = 1.1
"""A demand this far above the goal is enough in one round: what is wrong stays below (tests/benchmarks/verdicts.py)."""
CLEARLY_BELOW = 0.85
ALIKE = 0.9
"""Of the demand of another round."""
WASTEFUL = 0.55
THRIFTY = 0.7
"""Sync's CPU time over the attempt's: right attempts stay above 0.7, wrong ones below 0.5 (on a quiet machine)."""
NEARLY = 0.92
"""After the last round, a demand below this share of the goal fails; between it and the goal nobody can tell."""

FAR_BELOW = 0.6
"""Faster code that stays below this share of its goal in two rounds: no burst makes so much of a difference."""

MIN_CPUS = 1.5
MIN_CAPACITY = 1.15
"""Below this two cores hardly do more than one, and nothing about speed can be told."""
MIN_CPU_GOAL = 1.25
SERIAL_DEMAND = 1.2
"""Work that could never have kept more than this many cores busy is serial, however many cores there are."""
SKIPPED_SHARE = 0.5
"""Less than this share of sync's CPU time is less than sync's work: a better algorithm, not concurrency."""


@dataclass(frozen=True)
class Waiting:
    """The yardstick of a waiting-bound race."""

    bounds: overlap.Bounds
    goal: float
    at_least: int = 1
    """How many operations must be in flight at once, where that is more than the goal asks for."""
    latencies_s: tuple[float, ...] = ()
    """Of the operations, as sync did them."""

    @property
    def window_s(self) -> float:
        """Who is held up for longer may look narrow. (Sync may have needed fewer operations than the attempt.)"""
        return overlap.window_s(self.latencies_s, self.wrong_width) or self.bounds.least_s

    @property
    def allowed_s(self) -> float:
        return self.bounds.allowed_s(self.goal)

    @property
    def wrong_width(self) -> int:
        """The largest number in flight at once that is not enough."""
        return max(self.bounds.wrong_width, self.at_least - 1)

    def fast_enough(self, run: Run) -> bool:
        """Nothing of the nearest wrong width can be that fast, and it was seen to be wider."""
        return run.wall_s <= self.allowed_s and self.wide(run)

    def too_slow(self, run: Run) -> bool:
        """Slower than everything that delayed it from outside can explain, or too narrow, and nothing explains that."""
        if self.bounds.dependent and run.delayed_s > self.bounds.least_s:
            return False
        explicable = not run.cpu.accounted or run.wall_s - run.delayed_s <= self.allowed_s
        return not explicable or not (run.delayed_s > self.window_s or self.wide(run))

    def never_wide(self, rounds: Sequence[Run]) -> bool:
        """What is held up begins later, and may then look narrow; but not always."""
        return not self.bounds.dependent and not any(map(self.wide, rounds))

    def too_fast(self, run: Run) -> bool:
        """Faster than the longest chain of operations: work or order was lost."""
        return run.wall_s < overlap.FLOOR_SHARE * self.bounds.least_s or run.early_operations > 0

    def wide(self, run: Run) -> bool:
        """More operations were in flight at once than the nearest wrong way can have."""
        return overlap.peak(overlap.counted(run.spans), run.end_s) > self.wrong_width


def waiting(yardstick: Waiting, rounds: Sequence[Run], final: bool) -> Verdict | None:
    """The verdict on rounds whose results were right; `final`: there will be no further round."""
    if any(yardstick.too_fast(run) for run in rounds):
        return Verdict.FAILED
    if any(yardstick.fast_enough(run) for run in rounds):
        return Verdict.PASSED
    if sum(yardstick.too_slow(run) for run in rounds) >= AGAINST or (final and yardstick.never_wide(rounds)):
        return Verdict.FAILED
    return Verdict.INCONCLUSIVE if final else None


Pair = tuple[Run, Run]
"""Sync and the attempt on the same inputs."""


@dataclass(frozen=True)
class Cpu:
    """The yardstick of a CPU-bound race."""

    goal: float
    """On full cores."""
    limit: float
    cpus: float
    capacity: float
    gil_free: bool = False
    sync_s: float = math.inf
    """The least CPU time that sync ever took, alone or in company."""

    @property
    def scaled_goal(self) -> float:
        """The same share of what this machine's cores can give."""
        return max(MIN_CPU_GOAL, self.goal * self.capacity / self.limit)

    @property
    def demand_goal(self) -> float:
        return self.goal * min(1.0, self.cpus / self.limit)

    @property
    def blind(self) -> str:
        """Why speed cannot be judged on this machine; "" when it can."""
        if self.cpus < MIN_CPUS:
            return f"this machine lets the checker use {self.cpus:.1f} CPUs, and work side by side needs two"
        if self.capacity < MIN_CAPACITY:
            return f"two cores of this machine do only {self.capacity:.2f} times the work of one"
        return ""

    def demands(self, pairs: Sequence[Pair]) -> list[float]:
        """Cores that the attempt kept busy, in each round.

        A host that slows one core down makes an even split look uneven; nothing makes an uneven one look even.
        """
        return [clock.demand(attempt, self.cpus, self.gil_free) for _, attempt in pairs]

    def telling(self, pairs: Sequence[Pair]) -> list[Pair]:
        """The rounds that show how many cores the attempt kept busy."""
        return [pair for pair in pairs if not (self.gil_free and clock.obscured(pair[1]))]

    def efficiency(self, pairs: Sequence[Pair]) -> float:
        """Sync's work over the attempt's, at most 1: the same work cannot be done with less.

        CPU time is not steady on a virtual machine whose host is busy (up to 75 % more, in bursts, measured), so the
        least of each side is the best estimate.
        """
        own_s = min(attempt.cpu.cpu_s for _, attempt in pairs)
        return min(1.0, min(self.sync_s, *(sync.cpu.cpu_s for sync, _ in pairs)) / own_s) if own_s > 0 else 0.0

    def thrift(self, pairs: Sequence[Pair]) -> float:
        """The same beside what sync's work costs on two cores at once, where they do less than two full ones."""
        return self.efficiency(pairs) * self.limit / self.capacity

    def speedup(self, pairs: Sequence[Pair], typical: Callable[[list[float]], float] = median) -> float:
        """The estimate from all rounds so far; from raw wall clocks where the platform accounts for nothing."""
        if not accounted(pairs):
            return typical([sync.wall_s / attempt.wall_s for sync, attempt in pairs])
        demand = typical(self.demands(pairs))
        return demand * self.efficiency(self._alike(pairs, demand))

    def _alike(self, pairs: Sequence[Pair], demand: float) -> list[Pair]:
        """The rounds that kept as many cores busy: what those cost counts, not what others did."""
        return [pair for pair, wanted in zip(pairs, self.demands(pairs), strict=True) if wanted >= ALIKE * demand]

    def share(self, pairs: Sequence[Pair], demand: float) -> float:
        """How much of the goal is reached with so much demand; 1 is all of it.

        Cores that do less than full ones lower what the work must cost, not how many of them must be kept busy.
        """
        efficiency = self.efficiency(self._alike(pairs, demand))
        return min(demand * efficiency / self.scaled_goal, demand / self.demand_goal)

    def skipped_work(self, sync: Run, attempt: Run) -> bool:
        return attempt.cpu.cpu_s < SKIPPED_SHARE * sync.cpu.cpu_s


def accounted(pairs: Sequence[Pair]) -> bool:
    return all(run.cpu.accounted for pair in pairs for run in pair)


def cpu(yardstick: Cpu, pairs: Sequence[Pair], final: bool) -> Verdict | None:
    """The verdict on pairs of (sync, attempt) whose results were right; `final`: no further round."""
    if any(yardstick.skipped_work(*pair) for pair in pairs) or _serial(yardstick, pairs):
        return Verdict.FAILED
    if yardstick.blind:
        return Verdict.INCONCLUSIVE if final else None
    if not accounted(pairs):
        return _by_wall_clock(yardstick, pairs, final)
    demands = yardstick.demands(yardstick.telling(pairs))
    if not demands:
        return Verdict.INCONCLUSIVE if final else None
    best = max(demands) / yardstick.demand_goal
    if best >= CLEARLY_ABOVE and yardstick.share(pairs, max(demands)) >= 1:
        return Verdict.PASSED
    if len(demands) >= AGAINST_CORES and (best <= CLEARLY_BELOW or yardstick.thrift(pairs) <= WASTEFUL):
        return Verdict.FAILED
    return _at_the_end(yardstick, pairs, demands) if final else None


def _at_the_end(yardstick: Cpu, pairs: Sequence[Pair], demands: list[float]) -> Verdict:
    """After the last round. CPU time alone, short of wasteful, fails nobody: a busy host explains as much."""
    if yardstick.share(pairs, median(demands)) >= 1:
        return Verdict.PASSED
    idle = median(demands) < NEARLY * yardstick.demand_goal and max(demands) < yardstick.demand_goal
    return Verdict.FAILED if idle else Verdict.INCONCLUSIVE


def _by_wall_clock(yardstick: Cpu, pairs: Sequence[Pair], final: bool) -> Verdict | None:
    """A wall clock that nothing corrects may say yes, but its no proves nothing."""
    share = yardstick.speedup(pairs) / yardstick.scaled_goal
    if len(pairs) >= AGAINST and share >= (1.0 if final else CLEARLY_ABOVE):
        return Verdict.PASSED
    return Verdict.INCONCLUSIVE if final else None


def gain(pairs: Sequence[Pair]) -> float:
    """How many times less CPU time the attempt needs: the least of each side, as in `Cpu.efficiency`."""
    own_s = min(attempt.cpu.cpu_s for _, attempt in pairs)
    return min(sync.cpu.cpu_s for sync, _ in pairs) / own_s if own_s > 0 else 0.0


def code(goal: float, pairs: Sequence[Pair], final: bool) -> Verdict | None:
    """The verdict on faster code, of which right and wrong lie so far apart that bursts on the host do not matter."""
    if gain(pairs) >= goal:
        return Verdict.PASSED
    if len(pairs) >= AGAINST and (final or gain(pairs) <= FAR_BELOW * goal):
        return Verdict.FAILED
    return None


def cores(goal: float, demands: Sequence[float], final: bool) -> Verdict | None:
    """The verdict on threads that should keep so many cores busy, from the rounds that tell."""
    if max(demands, default=0.0) >= goal:
        return Verdict.PASSED
    if sum(demand <= SERIAL_DEMAND for demand in demands) >= AGAINST:
        return Verdict.FAILED
    return Verdict.INCONCLUSIVE if final else None


def _serial(yardstick: Cpu, pairs: Sequence[Pair]) -> bool:
    """Never more than one core wanted, in enough rounds: true on any machine, however few or busy its cores."""
    rounds = [attempt for _, attempt in yardstick.telling(pairs) if attempt.cpu.accounted]
    demands = [clock.demand(attempt, float("inf"), yardstick.gil_free) for attempt in rounds]
    return sum(demand <= SERIAL_DEMAND for demand in demands) >= AGAINST
