"""What the tests share: one engine for all end-to-end tests, and builders of recorded evidence."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest

from checker.engine import Engine
from checker.isolation import Level
from checker.world.world import World

TABLE = pytest.StashKey[dict[str, dict[str, str]]]()
"""Of tests/attacks: what became of each technique, by level."""
ALL = "all"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--isolation",
        choices=[*Level, ALL],
        help="attack at this level, or at all (default: the strongest that there is)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TABLE] = {}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table of the attacks, if there were any."""
    columns = ["naive", *Level]
    if config.stash[TABLE]:
        terminalreporter.section("attacks")
        terminalreporter.write_line("  ".join([f"{'technique':60}", *(f"{column:16}" for column in columns)]))
    for technique, found in sorted(config.stash[TABLE].items()):
        cells = [f"{found.get(column, '-'):16}" for column in columns]
        terminalreporter.write_line("  ".join([f"{technique:60.60}", *cells]))


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
