"""Runs of one race that go on at the same time, each in a world of its own: so it is known whose request is whose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from checker.checks.race.spec import Inputs
from checker.model.evidence import Run
from checker.process.engine import Engine
from checker.world.world import World


class Scenery:
    """What a check calls `world`. While the inputs of a run beside are made, it stands for that run's world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world, name)

    @contextmanager
    def changed_to(self, world: World) -> Iterator[None]:
        before, self._world = self._world, world
        try:
            yield
        finally:
            self._world = before


class Beside:
    """Begins runs that go on beside what the check does next."""

    def __init__(self, engine: Engine, scenery: Scenery, waiting: Callable[[], AbstractContextManager[None]]) -> None:
        """`waiting`: a context to be in while this thread waits."""
        self._engine = engine
        self._scenery = scenery
        self._waiting = waiting

    def begin(
        self, make: Callable[[], Inputs], run: Callable[[Inputs, World], Run]
    ) -> Callable[[], tuple[Run, Inputs]]:
        """Make inputs and run them in a world of their own. Returns a function that waits for the run; call it once."""
        world = self._engine.world()
        with self._scenery.changed_to(world):
            inputs = make()
        thread = ThreadPoolExecutor(1)
        future = thread.submit(run, inputs, world)

        def over() -> tuple[Run, Inputs]:
            try:
                with self._waiting():
                    return future.result(), inputs
            finally:
                thread.shutdown()
                world.close()

        return over
