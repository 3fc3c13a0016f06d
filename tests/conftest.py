"""What the tests share: one engine for all end-to-end tests, and builders of recorded evidence."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest

from checker.engine import Engine
from checker.world.world import World


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A real engine: fork server, worlds, processes."""
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture
def made_world(engine: Engine) -> Iterator[World]:
    """A real world on the shared engine."""
    world = engine.world()
    yield world
    world.close()


def living_descendants() -> set[int]:
    """The processes below this one."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


def nothing_more_than(before: set[int]) -> bool:
    """Nothing lives that did not before; a process on its way out has a second to be gone."""
    more = [process for process in psutil.Process().children(recursive=True) if process.pid not in before]
    return not psutil.wait_procs(more, timeout=1.0)[1]
