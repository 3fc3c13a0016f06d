"""What an attempt can reach at each level of isolation, and what it must be able to do at any."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import catalog
from checker.attempt import landlock
from checker.commands.cli import main
from checker.model.outcome import Raised, Returned, Unusable
from checker.model.record import Record
from checker.process import barriers, build, control_group, isolation
from checker.process.build import Builder
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.isolation import Isolation, Level
from checker.process.watched import Watching

BEST = isolation.best()


def needs(level: Level) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not BEST.level.reaches(level), reason=BEST.why)


DEADLINE_S = 10.0
SOLUTION = catalog.own_solutions() / "01_two_jobs" / "attempt.py"


class Answer(Record):
    """What came of one call: a value, or the type of an exception."""

    value: object = None
    error: str = ""


@pytest.fixture(scope="module", params=[pytest.param(level, marks=needs(level)) for level in Level])
def level(request: pytest.FixtureRequest) -> Level:
    return Level(request.param)


@pytest.fixture(scope="module")
def at_level(level: Level) -> Iterator[Engine]:
    engine = Engine(isolation=Isolation(level=level))
    yield engine
    engine.close()


def call(engine: Engine, text: str, *arguments: object) -> Answer:
    world = engine.world()
    try:
        run = engine.run(Source(text.encode()), Invocation("work", arguments), world, Watching(DEADLINE_S))
    finally:
        world.close()
    if isinstance(run.outcome, Returned):
        return Answer(value=run.outcome.value)
    assert isinstance(run.outcome, Raised), (run.outcome, run.output)
    return Answer(error=run.outcome.error.type)


ALLOWED = {
    "the standard library": "def work():\n    import sqlite3, xml.dom.minidom, zoneinfo, ssl\n    return True\n",
    "files of its own": (
        "import tempfile, pathlib\n"
        "def work():\n"
        "    with tempfile.TemporaryDirectory() as name:\n"
        "        path = pathlib.Path(name, 'a', 'b'); path.parent.mkdir(); path.write_text('x')\n"
        "        path.rename(name + '/c')\n"
        "        return pathlib.Path(name, 'c').read_text() == 'x'\n"
    ),
    "processes by fork, forkserver and spawn": (
        "import multiprocessing\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "def work():\n"
        "    found = []\n"
        "    for method in ('fork', 'forkserver', 'spawn'):\n"
        "        with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:\n"
        "            found += pool.map(abs, [-1, -2])\n"
        "    return found == [1, 2] * 3\n"
    ),
    "a manager, a queue, shared memory": (
        "import multiprocessing\n"
        "from multiprocessing import shared_memory\n"
        "def work():\n"
        "    queue = multiprocessing.Queue(); queue.put(1)\n"
        "    memory = shared_memory.SharedMemory(create=True, size=10); memory.close(); memory.unlink()\n"
        "    with multiprocessing.Manager() as manager:\n"
        "        return queue.get() == 1 and list(manager.list([1])) == [1]\n"
    ),
    "a manager in a process that starts afresh": (
        "import multiprocessing\n"
        "def work():\n"
        "    with multiprocessing.get_context('spawn').Manager() as manager:\n"
        "        return list(manager.list([1])) == [1] and manager.Lock().acquire()\n"
    ),
    "other programs": (
        "import subprocess, sys\n"
        "def work():\n"
        "    for command in (['sh', '-c', 'echo 2'], [sys.executable, '-c', 'print(1 + 1)']):\n"
        "        assert subprocess.run(command, capture_output=True, text=True).stdout == '2\\n'\n"
        "    return True\n"
    ),
    "an event loop": "import asyncio\nasync def work():\n    return await asyncio.to_thread(lambda: True)\n",
    "how many cores there are": "import os\ndef work():\n    return os.cpu_count() > 0\n",
}  # fmt: skip


@pytest.mark.parametrize("what", ALLOWED)
def test_what_honest_attempts_need(at_level: Engine, what: str) -> None:
    """At every level."""
    assert call(at_level, ALLOWED[what]).value is True


def expected(level: Level, apart: str = "PermissionError") -> str:
    """What such an access raises. `apart`: where the thing is not even there."""
    return {Level.PROCESS: "", Level.LANDLOCK: "PermissionError", Level.NAMESPACES: apart}[level]


READ = "def work(path):\n    with open(path, 'rb') as file:\n        return len(file.read()) > 0\n"


@pytest.mark.parametrize(
    "path", [SOLUTION, Path(__file__), catalog.own_exercises() / "01_two_jobs" / "test_attempt.py"]
)
def test_files_of_others(at_level: Engine, level: Level, path: Path) -> None:
    """Solutions, checks, and whatever else the grader's user can read."""
    assert call(at_level, READ, str(path)).error == expected(level)


def test_the_grader_itself(at_level: Engine, level: Level) -> None:
    """Its environment may have secrets."""
    if os.getuid() != 0 and level is Level.PROCESS:
        pytest.skip("whether one may look into processes of one's own depends on the system")
    found = call(at_level, READ, f"/proc/{os.getpid()}/environ")
    assert found.error == expected(level, "FileNotFoundError")


def test_writing_outside(at_level: Engine, level: Level, tmp_path: Path) -> None:
    """Only its own folder is there to write to."""
    text = "def work(path):\n    with open(path, 'w') as file:\n        file.write('x')\n"
    assert call(at_level, text, str(tmp_path / "escaped")).error == expected(level)
    assert (tmp_path / "escaped").exists() is (level is Level.PROCESS)


def test_connecting_elsewhere(at_level: Engine, level: Level) -> None:
    """A server on this machine that is not the world's."""
    text = "import socket\ndef work(port):\n    socket.create_connection(('127.0.0.1', port), timeout=5).close()\n"
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert call(at_level, text, server.getsockname()[1]).error == expected(level)


@pytest.mark.skipif(landlock.abi() < landlock.SIGNALS_ABI, reason="this kernel does not keep signals in")
def test_signals(at_level: Engine, level: Level) -> None:
    """Signal 0 asks only whether it would be allowed."""
    text = "import os\ndef work(pid):\n    os.kill(pid, 0)\n"
    assert call(at_level, text, os.getpid()).error == expected(level, "ProcessLookupError")


@pytest.mark.skipif(bool(build.impossible()), reason=build.impossible())
def test_what_the_compiler_reads(level: Level) -> None:
    """`include` shows no solution: the compiler is isolated, too."""
    built = Builder(Isolation(level=level)).module(f'include "{SOLUTION}"\ndef work():\n    return 1\n'.encode())
    assert isinstance(built, Unusable) is level.reaches(Level.LANDLOCK)


def test_shared_memory(at_level: Engine, level: Level) -> None:
    """What one call leaves in /dev/shm is gone in the next only where that is its own."""
    text = "import os\ndef work(name):\n    open('/dev/shm/' + name, 'a').close()\n    return os.listdir('/dev/shm')\n"
    try:
        for name in ("kata-test-1", "kata-test-2"):
            found = call(at_level, text, name).value
        assert isinstance(found, list)
        assert ("kata-test-1" in found) is (level is not Level.NAMESPACES)
    finally:
        for file in Path("/dev/shm").glob("kata-test-*"):
            file.unlink()


@needs(Level.NAMESPACES)
@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="nothing lists semaphores here")
def test_semaphores_that_stay_open(at_level: Engine) -> None:
    """Those of a pool of processes that nobody shuts down are not left in /dev/shm when the call is over."""
    found = call(
        at_level,
        "import multiprocessing, os\ndef work():\n    global lock\n"
        "    lock = multiprocessing.get_context('spawn').Lock()\n"
        "    name = 'sem.' + lock._semlock.name.lstrip('/')\n"
        "    return [name, os.path.exists('/dev/shm/' + name)]",
    )
    assert isinstance(found.value, list)
    name, was_there = found.value
    assert was_there
    assert not Path("/dev/shm", name).exists()


@needs(Level.NAMESPACES)
def test_other_networks() -> None:
    """UDP, which Landlock does not know, goes nowhere."""
    text = "import socket\ndef work():\n    socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))\n"
    with_engine = Engine(isolation=Isolation(level=Level.NAMESPACES))
    assert call(with_engine, text).error == "OSError"
    with_engine.close()


@needs(Level.LANDLOCK)
def test_hidden_folders_are_left_out(tmp_path: Path) -> None:
    """Around what is hidden, everything else may be read, and names may be listed."""
    for name in ("lib/checker/solutions", "lib/checker/worker", "lib/other"):
        (tmp_path / name).mkdir(parents=True)
    rules = landlock._around(tmp_path, [tmp_path / "lib/checker/solutions"])
    relative = {str(Path(path).relative_to(tmp_path)): rights for path, rights in rules}
    assert relative == {".": landlock.LIST, "lib": landlock.LIST, "lib/checker": landlock.LIST,
                        "lib/checker/worker": landlock.READ, "lib/other": landlock.READ}  # fmt: skip


def test_less_than_required_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason."""
    monkeypatch.setattr(isolation, "best", lambda: Isolation(level=Level.PROCESS, why="Landlock is a part of Linux"))
    with pytest.raises(isolation.IsolationError, match="by landlock on this machine: Landlock is a part of Linux"):
        isolation.required(Level.LANDLOCK)
    assert isolation.required(Level.PROCESS).level is Level.PROCESS


def test_a_system_without_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next best, and why."""
    monkeypatch.setattr(isolation, "_why_no_landlock", lambda: "")
    monkeypatch.setattr(isolation, "_trials", isolation._trials.__wrapped__)
    monkeypatch.setattr(isolation, "escapes", lambda _: ["not be tested (unshare: not permitted)"])
    found = isolation._found()
    assert (found.level, "unshare: not permitted" in found.why) == (Level.LANDLOCK, True)


def test_an_old_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Landlock without TCP is not what is promised."""
    monkeypatch.setattr(landlock, "abi", lambda: 3)
    monkeypatch.setattr("sys.platform", "linux")
    assert "version 3 of Landlock" in isolation._why_no_landlock()


def test_what_holds_here_is_told() -> None:
    """Each thing that was tried, with what keeps an attempt from it; the level is what `best` says."""
    tried = {barrier.what: barrier for barrier in barriers.tried()}
    assert (tried["read other files"].from_level is Level.LANDLOCK) is BEST.level.reaches(Level.LANDLOCK)
    assert (tried["fill the disk"].from_level is Level.NAMESPACES) is BEST.level.reaches(Level.NAMESPACES)
    shown = CliRunner().invoke(main, ["isolation"])
    assert shown.exit_code == 0
    assert f"isolated by {BEST.level}" in shown.output
    assert "use io_uring" in shown.output


def test_what_does_not_hold_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a level is not offered, nothing that belongs to it is claimed."""
    monkeypatch.setattr(isolation, "best", lambda: Isolation(level=Level.PROCESS, why="Landlock is a part of Linux"))
    assert {barrier.from_level for barrier in barriers.tried()} == {None}
    assert "part of Linux" in barriers.summary(isolation.best())


def test_what_could_not_be_tried_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A self-test that does not even start has proved nothing."""
    monkeypatch.setattr(isolation, "best", lambda: Isolation(level=Level.NAMESPACES))
    monkeypatch.setattr(isolation, "escapes", lambda _: ["not be tested (it did not start)"])
    monkeypatch.setattr(control_group, "escapes", lambda: list(barriers.AT_ONCE))
    assert {barrier.from_level for barrier in barriers.tried()} == {None}
