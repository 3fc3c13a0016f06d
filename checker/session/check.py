"""One check of an exercise: its fixtures' values, and its answer."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from checker import catalog
from checker.catalog import SYNC
from checker.model.answer import Answer, Verdict
from checker.model.evidence import Round

if TYPE_CHECKING:
    from checker.checks import AttemptProxy, Bench, RaceTrack
    from checker.checks.race.beside import Beside
    from checker.model.exercise import Exercise
    from checker.process.engine import Engine
    from checker.process.invocation import Source
    from checker.world.world import World

FIXTURES = ("exercise", "world", "bench", "attempt", "race")
"""The fixtures of a check; each is an attribute of Check."""
STAGE = FIXTURES[1:]
"""The fixtures that are made anew for each try."""


class Means(Protocol):
    """What a check needs from its session."""

    @property
    def engine(self) -> Engine:
        """Runs attempts."""

    @property
    def untimeable(self) -> str:
        """Why races cannot be judged, or ""."""

    def source(self, file: Path) -> Source:
        """The source in a file."""

    def attempt(self, exercise: Exercise) -> Source:
        """The attempt's source."""

    def reference(self, exercise: Exercise) -> Source | None:
        """The reference solution's source, if it is raced too."""


class Turns(Protocol):
    """How a check runs beside others; see Ahead."""

    def engine(self) -> Engine:
        """The engine for a check."""

    def world(self, made: World) -> World:
        """The world that a check gets for `made`."""

    def beside(self, world: World) -> Beside | None:
        """How to start a run of a race beside another one; None if that is not possible."""


class Check:
    """One check. It can run in any thread; the values of its fixtures are made on first use."""

    def __init__(self, session: Means, turns: Turns, file: Path) -> None:
        """`file`: the one with the check. Raises CatalogError."""
        self._session = session
        self._turns = turns
        self.exercise = catalog.load(file.parent)
        self.sha256: str | None = None
        self.rounds: list[Round] = []
        """The rounds of which pictures can be drawn."""
        self.answer = Answer(verdict=Verdict.PASSED)
        """The answer, unless the check raises another one."""
        self.seconds: float | None = None
        """The check's duration, if it ran in a thread; None: pytest measures it."""
        self._worlds: list[World] = []

    @cached_property
    def world(self) -> World:
        """The outside of this check: operations to call, pages to fetch, accounts to keep."""
        self._worlds.append(self._session.engine.world())
        return self._turns.world(self._worlds[-1])

    @cached_property
    def bench(self) -> Bench:
        """The attempt's text, and what it takes to run it. Raises CheckFailed where that is missing."""
        from checker.checks import Bench, CheckFailed
        from checker.process import build, interpreters

        source, interpreter = self._session.attempt(self.exercise), self._session.engine.interpreter
        why = interpreters.lacks(interpreter, tuple(self.exercise.preload))
        why = why or (build.impossible(interpreter) if source.compiled else "")
        if why:
            raise CheckFailed(Answer(verdict=Verdict.INCONCLUSIVE, why=why))
        self.sha256 = source.sha256
        self._session.engine.preload(self.exercise.preload)
        return Bench(self._turns.engine(), self.world, self.exercise, source, self._seen)

    @cached_property
    def attempt(self) -> AttemptProxy:
        """The attempt; call its functions."""
        from checker.checks import AttemptProxy

        return AttemptProxy(self.bench)

    @cached_property
    def race(self) -> RaceTrack:
        """The race of the attempt against sync.py."""
        from checker.checks import RaceTrack
        from checker.checks.race.spec import Sources

        session, bench = self._session, self.bench
        sync = session.source(self.exercise.folder / SYNC)
        sources = Sources(sync, bench.source, session.reference(self.exercise))
        return RaceTrack(bench, sources, session.untimeable, self._finished, self._turns.beside(self.world))

    def given(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The values of those of these fixtures that are ours."""
        return {name: getattr(self, name) for name in names if name in FIXTURES}

    def renew(self) -> None:
        """Prepare another try, with a fresh world."""
        self.answer, self.seconds, self.rounds = Answer(verdict=Verdict.PASSED), None, []
        for name in STAGE:
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Close its worlds."""
        while self._worlds:
            self._worlds.pop().close()

    def _seen(self, evidence: Round) -> None:
        self.rounds.append(evidence)
        self.answer = msgspec.structs.replace(self.answer, output=evidence.attempt.output)

    def _finished(self, answer: Answer) -> None:
        self.answer = answer
