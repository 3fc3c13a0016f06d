"""Run sync, the attempt or the reference on one round's inputs, under equal conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any, Literal

import msgspec

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import conduct, outcome, result, waits
from checker.judge.overlap import Bounds
from checker.judge.plan import Needs
from checker.model.answer import Judgement, Speed, Verdict
from checker.model.evidence import Run
from checker.model.exercise import Exercise
from checker.process.engine import Engine, Request, Source, Watching
from checker.world.world import World

SAMPLES_PER_ROUND = 12
REFERENCE_RUNS = 2
"""At most; the better one counts: its speed-up is there to be compared with."""


class RaceError(Exception):
    """The race could not be held, and the failure is ours."""


@dataclass(frozen=True)
class Inputs:
    """One round's work."""

    args: tuple[Any, ...]
    expected: Callable[[], object] | None = None
    """What the world says must come back; None: what sync returns."""
    then: Callable[[Call], None] | None = None
    """What else must be true of the call; raises CheckFailed."""
    named: dict[str, Any] = field(default_factory=dict)
    needs: Needs | None = None
    """Which operation (by its key) needs which: for the picture of a run that was too fast."""
    margin_s: float = inf
    """Where there is a deadline: who was held up for longer may have missed it, so a wrong result says nothing."""


@dataclass(frozen=True)
class Entry:
    """What is raced: the function, how it is driven, and how to make a round's inputs.

    `make(scale)`: fresh inputs; `scale` multiplies the work of a CPU-bound race, and waiting races ignore it.
    """

    function: str
    make: Callable[[float], Inputs]
    scenario: Path | None = None
    kind: Literal["speed", "code", "cores"] = "speed"
    """What is raced for: less time by work side by side, less CPU time by faster code, or two cores kept busy."""
    at_least: int = 1
    """Waiting races: so many operations must be in flight at once, at the peak."""
    at_most: int = conduct.NO_LIMIT
    """Waiting races: and never more."""
    bounds: Bounds | None = None
    """Waiting races: what is possible; None: the operations that sync does are independent, and all are needed."""
    gil_free: bool = False
    """CPU races: the work lets go of the GIL, so that threads of one process count each for itself."""


@dataclass(frozen=True)
class Result:
    """The judgement of a race, with the run that shows it best."""

    judgement: Judgement
    run: Run


@dataclass(frozen=True)
class Sources:
    """The texts that are raced. No reference: only when grading does one run beside."""

    sync: Source
    attempt: Source
    reference: Source | None = None

    @property
    def untouched(self) -> bool:
        """The attempt is still the stub, byte for byte: what sync does is what the attempt does."""
        return self.attempt.text == self.sync.text


class Runner:
    """One race's means."""

    def __init__(self, engine: Engine, world: World, exercise: Exercise, sources: Sources, entry: Entry) -> None:
        self.exercise = exercise
        self.sources = sources
        self.entry = entry
        self._engine = engine
        self._world = world

    def sync(self, inputs: Inputs) -> Run:
        """Raises RaceError when sync does not work: it is correct, so the cause is ours."""
        run = self._run(self.sources.sync, inputs)
        wrong = outcome.failure(run) or (inputs.expected and result.mismatch(run, inputs.expected()))
        if wrong:
            raise RaceError(f"sync.py does not work on this machine: {wrong.sentence}")
        return run

    def attempt(self, inputs: Inputs, sampled_like: Run | None = None) -> Run:
        """`sampled_like`: take stacks meanwhile, some over the time that this other run took."""
        every_s = sampled_like.wall_s / SAMPLES_PER_ROUND if sampled_like is not None else None
        run = self._run(self.sources.attempt, inputs, every_s)
        early = waits.needs_met(run, inputs.needs) if inputs.needs is not None else None
        return early[1] if early is not None else run

    def reference(self, speedup: Callable[[Run], float], scale: float = 1.0) -> float | None:
        """The reference solution's `speedup`. If it misses the goal it was held up, and has another run."""
        if self.sources.reference is None:
            return None
        best = 0.0
        for _ in range(REFERENCE_RUNS):
            best = max(best, speedup(self._reference_run(self.sources.reference, scale)))
            if best >= self.exercise.goal:
                break
        return best

    def _reference_run(self, source: Source, scale: float) -> Run:
        """Raises RaceError when the reference solution does not work."""
        run = self._run(source, self.entry.make(scale))
        wrong = outcome.failure(run)
        if wrong:
            raise RaceError(f"the reference solution does not work on this machine: {wrong.sentence}")
        return run

    def problem(self, run: Run, inputs: Inputs, sync: Run) -> Result | None:
        """A run of the attempt that did not bring the right result, or of which nobody can tell, ends the race."""
        if run.debugged:
            why = "a debugger was active, so the time means nothing"
            return Result(Judgement(verdict=Verdict.INCONCLUSIVE, why=why), run)
        try:
            self._require_right(Call(run).within(inputs.margin_s), inputs, sync)
        except CheckFailed as failed:
            return Result(Judgement(verdict=failed.verdict, diagnosis=failed.diagnosis, why=failed.why), failed.run)
        return None

    def _require_right(self, call: Call, inputs: Inputs, sync: Run) -> None:
        call.expect_result(inputs.expected() if inputs.expected is not None else getattr(sync.outcome, "value", None))
        if inputs.then is not None:
            inputs.then(call)
        call.expect_in_flight(at_most=self.entry.at_most)

    def speed(self, sync_s: float, own_s: float, **more: Any) -> Speed:
        """A ratio of two times on the same clock, beside the exercise's goal and limit."""
        speed = Speed(
            speedup=sync_s / own_s if own_s > 0 else 0.0, goal=self.exercise.goal, limit=self.exercise.limit,
            sync_s=sync_s, attempt_s=own_s,
        )  # fmt: skip
        return msgspec.structs.replace(speed, **more)

    def _run(self, source: Source, inputs: Inputs, sample_every_s: float | None = None) -> Run:
        request = Request(self.entry.function, inputs.args, inputs.named, self.entry.scenario)
        entry = self.entry
        watching = Watching(
            self.exercise.deadline_s, self.exercise.limits, cpu=self.exercise.bound_by == "cpu",
            gil=entry.gil_free or entry.kind == "cores", sample_every_s=sample_every_s,
        )  # fmt: skip
        return self._engine.run(source, request, self._world, watching)


def why_open(run: Run) -> str:
    """Why nobody can tell, after the last round: completes "cannot be judged: ..."."""
    if not run.cpu.accounted:
        return "it was not fast enough, and this system does not tell whether other programs are to blame"
    return "other programs took the cores in every round; close some, and run it again"
