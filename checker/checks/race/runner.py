"""Run sync, the attempt or the reference on one round's inputs, under equal conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from checker.checks.call import Call, CheckFailed
from checker.checks.race.beside import Beside
from checker.checks.race.spec import Inputs, RaceError, RaceSpec, Sources
from checker.judge.claim import DEBUGGED
from checker.judge.diagnosis import outcome, result, waits
from checker.model.answer import Answer, Speed, Verdict
from checker.model.evidence import Run
from checker.model.exercise import Exercise
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

SAMPLES_PER_ROUND = 12
REFERENCE_RUNS = 2
"""At most; the better one counts: its speed-up is there to be compared with."""


class Runner:
    """Runs what one race compares, and tells what is wrong with a run."""

    def __init__(
        self,
        engine: Engine,
        world: World,
        exercise: Exercise,
        sources: Sources,
        spec: RaceSpec,
        beside: Beside | None = None,
    ) -> None:
        """`beside`: how a run goes on beside another; None: one at a time."""
        self.exercise = exercise
        self.sources = sources
        self.spec = spec
        self._engine = engine
        self._world = world
        self._beside = beside

    def sync(self, inputs: Inputs) -> Run:
        """Raises RaceError when sync does not work: it is correct, so the cause is ours."""
        return self._right(self._run(self.sources.sync, inputs), inputs)

    def begin_sync(self) -> Callable[[], Run]:
        """Begin a run of sync, which may go on beside the attempt's. The returned function waits for it; see `sync`."""

        def make() -> Inputs:
            return self.spec.make(1.0)

        if self._beside is None:
            run = self.sync(make())
            return lambda: run
        over = self._beside.begin(make, lambda inputs, world: self._run(self.sources.sync, inputs, world=world))
        return lambda: self._right(*over())

    def _right(self, run: Run, inputs: Inputs) -> Run:
        wrong = outcome.failure(run) or (inputs.expected and result.mismatch(run, inputs.expected()))
        if wrong:
            raise RaceError(f"sync.py does not work on this machine: {wrong.sentence}")
        return run

    def attempt(self, inputs: Inputs, sampled_like_s: float | None = None) -> Run:
        """`sampled_like_s`: take stacks meanwhile, SAMPLES_PER_ROUND of them over so many seconds."""
        every_s = sampled_like_s / SAMPLES_PER_ROUND if sampled_like_s is not None else None
        run = self._run(self.sources.attempt, inputs, every_s)
        return waits.marked(run, inputs.needs) if inputs.needs is not None else run

    def reference(self, speedup: Callable[[Run], float], scale: float = 1.0) -> float | None:
        """The reference solution's `speedup`. If it misses the goal, it was held up, and is run again."""
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
        run = self._run(source, self.spec.make(scale))
        wrong = outcome.failure(run)
        if wrong:
            raise RaceError(f"the reference solution does not work on this machine: {wrong.sentence}")
        return run

    def problem(self, run: Run, inputs: Inputs, sync: Run) -> Answer | None:
        """The answer to a run that did not bring the right result, or cannot be judged; None if it is right."""
        if run.debugged:
            return Answer(verdict=Verdict.INCONCLUSIVE, why=DEBUGGED, output=run.output)
        try:
            self._require_right(Call(run).within(inputs.margin_s), inputs, sync)
        except CheckFailed as failed:
            return failed.answer
        return None

    def _require_right(self, call: Call, inputs: Inputs, sync: Run) -> None:
        if inputs.first is not None:
            inputs.first(call)
        call.expect_result(inputs.expected() if inputs.expected is not None else getattr(sync.outcome, "value", None))
        if inputs.then is not None:
            inputs.then(call)
        call.expect_in_flight(at_least=0 if self.exercise.races_for_cores else 1, at_most=self.spec.at_most)

    def speed(self, sync_s: float, own_s: float, **more: Any) -> Speed:
        """A ratio of two times on the same clock, beside the exercise's goal and limit."""
        speed = Speed(
            speedup=sync_s / own_s if own_s > 0 else 0.0, goal=self.exercise.goal, limit=self.exercise.limit,
            sync_s=sync_s, attempt_s=own_s,
        )  # fmt: skip
        return msgspec.structs.replace(speed, **more)

    def _run(
        self, source: Source, inputs: Inputs, sample_every_s: float | None = None, world: World | None = None
    ) -> Run:
        spec = self.spec
        invocation = Invocation(spec.function, inputs.args, inputs.named, spec.scenario)
        watching = Watching(
            self.exercise.deadline_s, self.exercise.limits, cpu=self.exercise.races_for_cores,
            gil=spec.gil_free or spec.kind == "cores", sample_every_s=sample_every_s,
        )  # fmt: skip
        return self._engine.run(source, invocation, world or self._world, watching)
