"""The kinds of races: what each makes of a round, claims of its rounds, and calls its speed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor

from checker.checks.race.runner import Runner
from checker.checks.race.spec import Inputs
from checker.judge import computing, overlap, waiting
from checker.judge.claim import AGAINST, Claim, Rounds
from checker.judge.computing import Computing
from checker.judge.cores import MIN_CPUS, corrected_s, demand
from checker.judge.diagnosis.computing import thanks_to_no_gil
from checker.judge.waiting import Waiting
from checker.model.answer import Speed
from checker.model.evidence import Round, Run
from checker.observe.cpus import usable_cpus


class Race(ABC):
    """A race, for the loop that holds it."""

    most_rounds = computing.ROUNDS

    @property
    @abstractmethod
    def claims(self) -> list[Claim]:
        """What the rounds must show."""

    @abstractmethod
    def round(self, watched: bool) -> tuple[Round, Inputs]:
        """Run what a round needs, on fresh inputs. `watched`: take stacks of the attempt meanwhile, where it waits."""

    @abstractmethod
    def speed(self, rounds: Rounds) -> Speed:
        """Of the last of these rounds."""

    def stub(self) -> list[Round]:
        """What sync showed, as rounds of an attempt that is still the stub."""
        return []

    def note(self, _evidence: Round) -> str:
        """Of the round that won it: what is worth knowing all the same; "" for nothing."""
        return ""


TYPICAL_S = 1.0
"""What sync is taken to need until its run is over: the stubs need 0.6 to 1.7 s."""


class WaitingRace(Race):
    """Rounds of the attempt against one run of sync: the yardstick is physical, so sync need not be run again.

    Nor need the first round wait for that run: neither does anything but wait.
    """

    most_rounds = waiting.ROUNDS

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._await_sync = runner.begin_sync()
        self._sync: Run | None = None

    @property
    def sync(self) -> Run:
        """Waits until it is over. (No cached_property: before Python 3.12, that is a lock for all races at once.)"""
        self._sync = self._sync or self._await_sync()
        return self._sync

    @property
    def asked(self) -> Waiting:
        """Follows from what sync did."""
        latencies_s = tuple(span.latency_s for span in overlap.counted(self.sync.spans))
        bounds = self._runner.spec.bounds or overlap.independent(latencies_s, self._runner.exercise.goal)
        return Waiting(bounds, self._runner.exercise.goal, self._runner.spec.at_least, latencies_s)

    @property
    def claims(self) -> list[Claim]:
        return self.asked.claims

    def round(self, watched: bool) -> tuple[Round, Inputs]:
        try:
            inputs = self._runner.spec.make(1.0)
            takes_s = self._sync.wall_s if self._sync is not None else TYPICAL_S
            run = self._runner.attempt(inputs, takes_s if watched else None)
        finally:
            sync = self.sync  # also after an error: no run goes on when this returns
        return Round(attempt=run, sync=sync), inputs

    def stub(self) -> list[Round]:
        return [Round(attempt=self.sync, sync=self.sync)]

    def speed(self, rounds: Rounds) -> Speed:
        """Time for which others held up sync does not make an attempt any faster."""
        run, sync_s = rounds[-1].attempt, self.asked.undisturbed_s(self.sync)
        return self._runner.speed(
            sync_s, run.wall_s, rounds=len(rounds),
            reference=self._runner.reference(lambda reference: sync_s / reference.wall_s),
            overlapped=overlap.side_by_side(run, self.sync),
        )  # fmt: skip


TOGETHER = 2
"""How many copies of sync run at once to learn what two cores give."""
LEAST_CPU_S = 0.5
"""A stub that takes less gets more work: start-up and sampling must be small beside it."""
MAX_SCALE = 16.0


class ComputingRace(Race):
    """Pairs of sync and attempt on the same inputs, because what the host's other guests leave us changes."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        exercise, cpus = runner.exercise, usable_cpus()
        self.asked = Computing(exercise.goal, exercise.limit, cpus, runner.spec.gil_free)
        self.most_rounds = _most_rounds(cpus)
        self._scale: float | None = None
        self._first_sync: Run | None = None

    @property
    def claims(self) -> list[Claim]:
        return self.asked.claims

    def round(self, watched: bool) -> tuple[Round, Inputs]:
        inputs = self._runner.spec.make(self._scale or 1.0)
        sync = self._runner.sync(inputs)
        if self._scale is None and sync.cpu.cpu_s < LEAST_CPU_S:
            self._scale = min(MAX_SCALE, max(1.5, 1.2 * LEAST_CPU_S / max(sync.cpu.cpu_s, 0.01)))
            inputs = self._runner.spec.make(self._scale)
            sync = self._runner.sync(inputs)
        self._scale = self._scale or 1.0
        run = self._runner.attempt(inputs, sync.wall_s if watched else None)
        evidence = Round(attempt=run, sync=sync)
        if demand(run, float("inf"), self._runner.spec.gil_free) > computing.SERIAL:  # serial work is told without
            with ThreadPoolExecutor(TOGETHER) as threads:
                together = threads.map(lambda _: self._runner.sync(inputs), range(TOGETHER))
                evidence = Round(attempt=run, sync=sync, together=tuple(together))
        self._first_sync = self._first_sync or sync
        return evidence, inputs

    def stub(self) -> list[Round]:
        return [Round(attempt=self._first_sync, sync=self._first_sync)] if self._first_sync is not None else []

    def speed(self, rounds: Rounds) -> Speed:
        run, cpus = rounds[-1].attempt, self.asked.cpus
        speedup = self.asked.speedup(rounds)
        sync_s = min(corrected_s(each.sync, cpus) for each in rounds if each.sync is not None)
        return self._runner.speed(
            sync_s,
            sync_s / speedup if speedup > 0 else run.wall_s,
            goal=self.asked.scaled_goal(rounds),
            rounds=len(rounds),
            reference=self._runner.reference(
                lambda reference: self.asked.speedup([*rounds, Round(attempt=reference, sync=rounds[-1].sync)]),
                self._scale or 1.0,
            ),
            clock="corrected" if run.cpu.accounted else "raw",
            cores=(cores := demand(run, cpus, self._runner.spec.gil_free)),
            overlapped=cores > computing.SERIAL,
        )

    def note(self, evidence: Round) -> str:
        return "" if self.asked.gil_free else thanks_to_no_gil(evidence.attempt)


class CodeRace(Race):
    """Pairs of sync and attempt on the same inputs: the same work for less CPU time, in one thread."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    @property
    def claims(self) -> list[Claim]:
        return computing.faster_code(self._runner.exercise.goal, self._runner.exercise.limit)

    def round(self, watched: bool) -> tuple[Round, Inputs]:  # noqa: ARG002  (it does not wait anywhere)
        inputs = self._runner.spec.make(1.0)
        sync = self._runner.sync(inputs)
        return Round(attempt=self._runner.attempt(inputs), sync=sync), inputs

    def speed(self, rounds: Rounds) -> Speed:
        sync = min((each.sync for each in rounds if each.sync is not None), key=lambda run: run.wall_s)
        return self._runner.speed(
            sync.wall_s,
            sync.wall_s / computing.gain(rounds),
            rounds=len(rounds),
            reference=self._runner.reference(lambda run: computing.gain([Round(attempt=run, sync=sync)])),
            overlapped=True,
        )


CORES_GOAL, CORES_LIMIT = 1.4, 2.0
"""Measured: threads that let go of the GIL want 1.9 to 2.1 cores, threads that do not 1.0 to 1.2."""


class CoresRace(Race):
    """Not a race against sync: does this code keep two cores busy from two threads, so that it lets go of the GIL?"""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._cpus = usable_cpus()
        self.most_rounds = _most_rounds(self._cpus)

    @property
    def claims(self) -> list[Claim]:
        return computing.two_threads(CORES_GOAL, self._cpus)

    def round(self, watched: bool) -> tuple[Round, Inputs]:  # noqa: ARG002  (it does not wait anywhere)
        inputs = self._runner.spec.make(1.0)
        return Round(attempt=self._runner.attempt(inputs)), inputs

    def speed(self, rounds: Rounds) -> Speed:
        run = rounds[-1].attempt
        kept = max(computing.own_cores(run, self._cpus).least, 1.0)
        return self._runner.speed(
            run.cpu.cpu_s, run.cpu.cpu_s / kept, goal=CORES_GOAL, limit=CORES_LIMIT, rounds=len(rounds)
        )


def _most_rounds(cpus: float) -> int:
    """With one core nothing can be proved: no more rounds are needed than refute."""
    return computing.ROUNDS if cpus >= MIN_CPUS else AGAINST


def of(runner: Runner) -> Race:
    """The race of the kind that the check asks for."""
    if runner.spec.kind == "speed":
        return ComputingRace(runner) if runner.exercise.races_for_cores else WaitingRace(runner)
    return CodeRace(runner) if runner.spec.kind == "code" else CoresRace(runner)
