"""What the tests share: the machine, and one engine for all end-to-end tests."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import settings

from checker.process import scratch
from checker.process.engine import Engine
from checker.process.isolation import Level
from checker.world.world import World
from tests import machine

settings.register_profile("kata", deadline=None)  # how fast an example is says how busy the machine is
settings.load_profile("kata")

TABLE = pytest.StashKey[dict[str, dict[str, str]]]()
"""Of tests/attacks: what became of each technique, by level."""
ROOT = Path(__file__).parent.parent
ALL = "all"
ALONE = ("test_attempts", "test_without_a_gil")
"""Files whose attempts race."""
LONG = ("test_readme", "test_documentation", "test_fleet", "test_watchdog")
"""Files that take minutes: begun at the end, they would be waited for."""


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A temporary folder that can be the temporary directory of a run: its path is short enough."""
    with tempfile.TemporaryDirectory(prefix="t-", dir=scratch.SHORT) as folder:
        yield Path(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--isolation",
        choices=[*Level, ALL],
        help="attack at this level, or at all (default: the strongest that there is)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Most tests wait: the whole suite runs in several processes, a file in each, if nobody says otherwise."""
    given = config.option
    whole = [config.invocation_params.dir / path for path in config.args] == [Path(__file__).parent]
    plain = not (given.keyword or given.usepdb or hasattr(config, "workerinput"))
    if machine.PROCESSES and whole and plain and getattr(given, "numprocesses", 0) is None:
        given.numprocesses, given.dist = machine.PROCESSES, "loadfile"
        given.loadscopereorder = False  # the file with most tests would come first, and that one waits for the others


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TABLE] = {}
    # A shell lets what it starts in the background ignore Ctrl-C, and so would all that the tests start and interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.pop("PYTEST_XDIST_WORKER", None)  # the pytests that tests start are nobody's workers


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table of the attacks, if there were any."""
    columns = ["naive", *Level]
    if config.stash[TABLE]:
        terminalreporter.section("attacks")
        terminalreporter.write_line("  ".join([f"{'technique':60}", *(f"{column:16}" for column in columns)]))
    for technique, found in sorted(config.stash[TABLE].items()):
        cells = [f"{found.get(column, '-'):16}" for column in columns]
        terminalreporter.write_line("  ".join([f"{technique:60.60}", *cells]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What wants the machine alone comes last: until then, its process shares the machine with the others."""
    items.sort(key=lambda item: (item.path.stem in ALONE, item.path.stem not in LONG))


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Every test has at least its share of the machine; who only hands tests out to other processes needs none."""
    if session.config.pluginmanager.hasplugin("dsession"):
        return (yield)
    with machine.shared(waits=lambda: _say_that_it_waits(session.config)):
        return (yield)


def _say_that_it_waits(config: pytest.Config) -> None:
    """A worker of pytest-xdist has no terminal."""
    terminal = config.pluginmanager.getplugin("terminalreporter")
    if terminal is not None:
        terminal.write_line("waiting: another run of these tests has the machine alone", flush=True)


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


def handed_out(root: Path, *names: str) -> Path:
    """A learner's folder there: these exercises with untouched attempts, and the project's settings for pytest."""
    for name in names:
        folder = root / "exercises" / name
        shutil.copytree(ROOT / "exercises" / name, folder)
        shutil.copyfile(folder / "sync.py", folder / "attempt.py")
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def living_descendants() -> set[int]:
    """The processes below this one."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


def nothing_more_than(before: set[int]) -> bool:
    """Nothing lives that did not before; a process on its way out has a second to be gone."""
    more = [process for process in psutil.Process().children(recursive=True) if process.pid not in before]
    return not psutil.wait_procs(more, timeout=1.0)[1]


def wait_for(condition: Callable[[], object], timeout_s: float = 120) -> None:
    """Until it holds: for what other processes do. Fails when it never does."""
    deadline_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
