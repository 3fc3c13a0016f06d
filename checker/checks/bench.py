"""The attempt, its scenario and its race, as the objects that a check is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checker.checks.call import Call, CheckFailed
from checker.checks.race.beside import Beside
from checker.checks.race.hold import hold
from checker.checks.race.runner import Runner
from checker.checks.race.spec import Inputs, RaceSpec, Sources
from checker.model.answer import Answer, Verdict
from checker.model.evidence import Round
from checker.model.exercise import Exercise
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

SCENARIO = "scenario.py"


@dataclass(frozen=True)
class Bench:
    """What every call of a check needs."""

    engine: Engine
    world: World
    exercise: Exercise
    source: Source
    seen: Callable[[Round], None]
    """Told of every call, and of the round that a race shows."""

    def call(self, function: str, args: tuple[Any, ...], named: dict[str, Any], **how: Any) -> Call:
        invocation = Invocation(function, args, named, **how)
        watching = Watching(self.exercise.deadline_s, self.exercise.limits, self.exercise.races_for_cores)
        run = self.engine.run(self.source, invocation, self.world, watching)
        self.seen(Round(attempt=run))
        return Call(run)


class Functions:
    """The functions of a file, as attributes. Each call of one gets a process of its own."""

    def __init__(self, bench: Bench, **how: Any) -> None:
        """`how`: further fields of each call's Invocation."""
        self._bench = bench
        self._how = how

    def __getattr__(self, function: str) -> Callable[..., Call]:
        def call(*args: Any, **named: Any) -> Call:
            return self._bench.call(function, args, named, **self._how)

        return call


class AttemptProxy(Functions):
    """The functions of attempt.py."""

    def starting_processes_by(self, method: str) -> AttemptProxy:
        """The same attempt, where multiprocessing starts processes by "fork", "forkserver" or "spawn"."""
        return AttemptProxy(self._bench, start_method=method)

    @property
    def scenario(self) -> Functions:
        """The functions of scenario.py, trusted driver code: each is called with the attempt's module first."""
        return Functions(self._bench, scenario=self._bench.exercise.folder / SCENARIO)


class RaceTrack:
    """Races sync against the attempt; raises CheckFailed unless the attempt reaches the exercise's goal."""

    def __init__(
        self,
        bench: Bench,
        sources: Sources,
        refusal: str,
        finished: Callable[[Answer], None],
        beside: Beside | None = None,
    ) -> None:
        """`refusal`: why races cannot be judged now, or ""; `beside`: see Runner."""
        self._bench = bench
        self._beside = beside
        self._sources = sources
        self._refusal = refusal
        self._finished = finished

    def run(self, function: str, inputs: Callable[[float], Inputs], driver: str = "", **demands: Any) -> None:
        """Race a function of attempt.py, or of the scenario file `driver`.

        `inputs(scale)` makes one round's work; `demands` are further fields of a race's RaceSpec (`at_least`, ...).
        """
        if self._refusal:
            raise CheckFailed(Answer(verdict=Verdict.INCONCLUSIVE, why=self._refusal))
        bench = self._bench
        spec = RaceSpec(function, inputs, bench.exercise.folder / driver if driver else None, **demands)
        runner = Runner(bench.engine, bench.world, bench.exercise, self._sources, spec, self._beside)
        answer = hold(runner, bench.seen)
        self._finished(answer)
        if answer.verdict is not Verdict.PASSED:
            raise CheckFailed(answer)
