"""Attempts on another interpreter: what is refused before anything is graded, and what is true of it afterwards."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from checker import catalog
from checker.classroom import jobs
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.model.evidence import Run
from checker.model.interpreter import Interpreter
from checker.model.outcome import Raised, Returned
from checker.process import build, interpreters, isolation, trial
from checker.process.engine import Engine
from checker.process.interpreters import InterpreterError
from checker.process.invocation import Invocation, Source
from checker.process.isolation import Level
from checker.process.watched import Watching
from tests import pythons

DEADLINE_S = 20.0
PLUGINS = ("-p", "checker", "-p", "timeout", "-p", "asyncio")
ANSWER = {
    "kind": "CPython", "number": [3, 13], "version": "3.13.9", "path": "/x", "gil": True, "include": "", "linker": []
}  # fmt: skip
SOLUTION = catalog.own_solutions() / "01_two_jobs" / "attempt.py"


def program(folder: Path, script: str) -> str:
    """A program called python3.99."""
    path = folder / "python3.99"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


# --- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo hello", "is not a Python that works"),
        ("echo 'no library here' >&2; exit 3", "is not a Python that works: no library here"),
        ("printf 'pyenv: command not found\\n\\nNote: see ...\\n' >&2; exit 127", "works: pyenv: command not found"),
        ("printf 'Traceback:\\n  File\\nImportError: no json\\n' >&2; exit 1", "works: ImportError: no json"),
        (f"echo '{json.dumps(ANSWER | {'kind': 'PyPy'})}'", "is PyPy 3.13.9; attempts run on CPython only"),
        (
            f"echo '{json.dumps(ANSWER | {'number': [3, 9], 'version': '3.9.2'})}'",
            "is Python 3.9.2, which is too old: attempts need 3.11 or newer",
        ),
    ],
    ids=["something else", "broken", "a shim of pyenv", "a traceback", "not CPython", "too old"],
)
def test_what_is_no_interpreter_for_attempts_is_told_so(tmp_path: Path, script: str, words: str) -> None:
    """The message says what was found, and what is needed."""
    with pytest.raises(InterpreterError, match=words):
        interpreters.find(program(tmp_path, script))


def test_a_name_that_is_nowhere_is_told_so() -> None:
    """Neither on PATH nor a path."""
    with pytest.raises(InterpreterError, match=r"python3\.99: no such program"):
        interpreters.find("python3.99")


def test_who_cannot_start_at_this_level_is_refused(tmp_path: Path) -> None:
    """It says that it is a Python, but starts no file: that is found out before anything is graded."""
    about = json.dumps(ANSWER | {"path": str(tmp_path / "python3.99")})
    name = program(tmp_path, f"case \"$*\" in *start.py*) echo broken >&2; exit 1;; esac; echo '{about}'")
    with pytest.raises(InterpreterError, match=r"\(Python 3.13.9, GIL on\) cannot be used with isolation by"):
        trial.tried(name)


@pytest.mark.parametrize(
    ("command", "status"),
    [(("-m", "pytest", *PLUGINS), pytest.ExitCode.USAGE_ERROR), (("-m", "checker", "grade", "--exercise", "01"), 1)],
    ids=["pytest", "checker grade"],
)
def test_nothing_is_graded_with_an_interpreter_that_cannot(command: tuple[str, ...], status: int) -> None:
    """Both commands end with an error, and no verdict."""
    done = run(*command, str(SOLUTION), "--python", "python3.99")
    assert done.returncode == status
    assert "--python python3.99: no such program; expected a name on PATH, such as python3.14, or a path" in done.stderr
    assert "passed" not in done.stdout


def run(*command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    whole = [sys.executable, *command]
    return subprocess.run(whole, env=environment, capture_output=True, text=True, timeout=100, check=False)


def test_a_course_may_say_which_interpreter(tmp_path: Path) -> None:
    """Its `python` counts where the command line says nothing."""
    shutil.copy(SOLUTION, tmp_path)
    (tmp_path / "course.toml").write_text('python = "python3.99"\n[exercises.01]\n')
    arguments = ["grade", str(tmp_path / "attempt.py"), "--exercise", "01", "--course", str(tmp_path / "course.toml")]
    assert "python3.99: no such program" in CliRunner().invoke(main, arguments).output


@pytest.mark.parametrize("command", [["grade", "{}", "--gradebook", "class.db"], ["regrade", "class.db", "a", "1"]])
def test_a_program_that_only_a_gradebook_names_is_not_run(tmp_path: Path, command: list[str]) -> None:
    """The file may be from anywhere: the command line has to name the interpreter, too."""
    with Gradebook(tmp_path / "class.db") as book:
        book.set(python=program(tmp_path, f"touch {tmp_path}/ran"))
    more = ["--why", "x"] if command[0] == "regrade" else []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        done = CliRunner().invoke(main, [*(part.format(SOLUTION) for part in command), *more])
    assert (done.exit_code, f"say --python {tmp_path}/python3.99" in done.output) == (1, True), done.output
    assert not (tmp_path / "ran").exists()


# --- where there is one --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other() -> Interpreter:
    return trial.tried(pythons.any_other().path)


@pytest.fixture(scope="module")
def elsewhere(other: Interpreter) -> Iterator[Engine]:
    """An engine whose attempts run on the other interpreter."""
    engine = Engine(interpreter=other)
    yield engine
    engine.close()


def call(engine: Engine, text: str, *arguments: object, compiled: bool = False) -> Run:
    world = engine.world()
    try:
        source = Source(text.encode(), compiled)
        return engine.run(source, Invocation("work", arguments), world, Watching(DEADLINE_S))
    finally:
        world.close()


def value(run: Run) -> object:
    assert isinstance(run.outcome, Returned), (run.outcome, run.output)
    return run.outcome.value


def test_attempts_run_on_it_and_so_do_their_processes(elsewhere: Engine, other: Interpreter) -> None:
    """It is asked in the attempt's own process, and in one that that starts."""
    text = (
        "import platform, sys\nfrom concurrent.futures import ProcessPoolExecutor\nimport multiprocessing\n"
        "def version(_): return platform.python_version()\n"
        "def work():\n"
        "    with ProcessPoolExecutor(1, multiprocessing.get_context('spawn')) as pool:\n"
        "        return [version(0), *pool.map(version, [0])]\n"
    )
    assert value(call(elsewhere, text)) == [other.version] * 2


def test_its_own_libraries_are_used_and_not_the_graders(elsewhere: Engine) -> None:
    """What the grader has installed for another version is not on its path."""
    text = "import sys\ndef work(): return sys.path, 'msgspec' in sys.modules\n"
    seen = value(call(elsewhere, text))
    assert isinstance(seen, tuple)
    path, loaded = seen
    own = {entry for entry in sys.path if entry.endswith("site-packages")}
    assert not own & set(path)
    assert not loaded


@pytest.mark.skipif(not isolation.best().level.reaches(Level.LANDLOCK), reason=isolation.best().why)
def test_it_reads_its_own_files_and_no_others(elsewhere: Engine, tmp_path: Path) -> None:
    """The grader's libraries are not among them."""
    secret = tmp_path / "secret"
    secret.write_text("x")
    text = "import pathlib\ndef work(path): return pathlib.Path(path).read_text()\n"
    for file in (str(secret), msgspec.__file__):
        read = call(elsewhere, text, file)
        assert isinstance(read.outcome, Raised)
        assert read.outcome.error.type in ("PermissionError", "FileNotFoundError")


def test_what_it_lacks_is_said_by_name(other: Interpreter) -> None:
    """With the command that installs it there."""
    assert interpreters.lacks(other, ("json", "json.tool")) == ""
    told = interpreters.lacks(other, ("no_such_library.part", "no_such_library"))
    assert told == f"{other.name} has no no_such_library; run: {other.path} -m pip install no_such_library"


def test_only_the_exercises_that_need_it_are_not_judged(other: Interpreter) -> None:
    """Without aiohttp, a solution of 16 is inconclusive, and the reason says so; 01 is graded."""
    if not interpreters.lacks(other, ("aiohttp",)):
        pytest.skip(f"{other.path} has aiohttp")
    for number, words in (("16", f"{other.name} has no aiohttp"), ("01", "10 of 10 points")):
        folder = catalog.resolve(catalog.own_exercises(), number)
        attempt = ("--attempt", str(catalog.own_solutions()), "-p", "no:cacheprovider")
        done = run("-m", "pytest", *PLUGINS, str(folder), *attempt, "--python", other.path)
        assert f"attempts: {other.name} ({other.path})" in done.stdout
        assert words in done.stdout


def test_the_report_and_the_key_say_which_it_was(tmp_path: Path, other: Interpreter) -> None:
    """JSON, and the gradebook: the same attempt on another interpreter is another result."""
    shutil.copy(SOLUTION, tmp_path)
    book = ["--gradebook", str(tmp_path / "class.db"), "--json", str(tmp_path / "out.json")]
    arguments = ["grade", str(tmp_path / "attempt.py"), "--exercise", "01", *book]
    told = []
    for more in ([], ["--python", other.path], ["--python", other.path]):
        done = CliRunner().invoke(main, [*arguments, *more])
        assert done.exit_code == 0, done.output
        document = json.loads((tmp_path / "out.json").read_text())
        told.append(document["machine"]["attempts"])
        assert document["submissions"][0]["exercises"][0]["verdict"] == "passed"
    assert told == [interpreters.own().name, other.name, other.name]
    assert f"say --python {other.path}" in CliRunner().invoke(main, arguments).output
    exercise = jobs.exercises()["01"]
    assert jobs.key(exercise, b"x") != jobs.key(exercise, b"x", other)


# --- whether there is a GIL -----------------------------------------------------------------------------

LIAR = """
from checker.attempt import gil
gil._asked = lambda: False
gil.is_on = lambda: False
def work(): return True
"""


def test_that_there_is_no_gil_only_the_interpreter_itself_can_say(engine: Engine) -> None:
    """An attempt that says so is not believed where the interpreter had a GIL before it."""
    if not interpreters.own().gil:
        pytest.skip("this Python has no GIL")
    told = call(engine, LIAR)
    assert value(told) is True
    assert (told.gil, told.gil_came_on) == (True, False)


@pytest.fixture(scope="module")
def free() -> Iterator[Engine]:
    """An engine whose attempts run without a GIL."""
    engine = Engine(interpreter=trial.tried(pythons.without_gil().path))
    yield engine
    engine.close()


def test_a_call_without_a_gil_is_known_as_one(free: Engine) -> None:
    """As long as nothing switches the GIL on."""
    called = call(free, "import sys\ndef work(): return sys._is_gil_enabled()\n")
    assert value(called) is False
    assert (called.gil, called.gil_came_on) == (False, False)


def test_an_extension_that_needs_the_gil_switches_it_on(free: Engine) -> None:
    """The process says so; that is believed, and told."""
    why = build.impossible(free.interpreter)
    if why:
        pytest.skip(why)
    called = call(free, "def work():\n    return True\n", compiled=True)
    assert value(called) is True
    assert (called.gil, called.gil_came_on) == (True, True)
    ready = call(free, "# cython: freethreading_compatible=True\ndef work():\n    return True\n", compiled=True)
    assert (ready.gil, ready.gil_came_on) == (False, False)
