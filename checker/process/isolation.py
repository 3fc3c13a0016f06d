"""How attempts are isolated: the strongest level that this machine offers, and a test that it holds."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from functools import cache
from pathlib import Path

from checker import catalog
from checker.attempt import confined, landlock, namespaces, start
from checker.model.interpreter import Interpreter
from checker.model.record import Record
from checker.process import interpreters


class Level(StrEnum):
    """From the weakest to the strongest. docs/security.md says what each promises."""

    PROCESS = "process"
    """A process, session and folder of its own, a clean environment, and limits."""
    LANDLOCK = "landlock"
    """It also reads, writes, connects to and signals only what it needs (Linux)."""
    NAMESPACES = "namespaces"
    """It also sees no other process, network or shared memory, and everything ends with it."""

    def reaches(self, least: Level) -> bool:
        """Whether it is at least as strong as `least`."""
        return list(Level).index(self) >= list(Level).index(least)


class Isolation(Record):
    """The level at which attempts run."""

    level: Level
    why: str = ""
    """Why this machine does not offer a better one."""

    def command(self, interpreter: Interpreter, further: Sequence[Path] = ()) -> list[str]:
        """A prefix for the command of a program that reads a learner's files, which isolates that program as well.

        It may read what the interpreter needs. `further`: as for `hidden`.
        """
        if self.level is Level.PROCESS:
            return []
        return [*interpreters.command(interpreter, confined.__name__), *hidden(further), confined.END]


class IsolationError(Exception):
    """This machine does not offer what was asked for; the message says why."""


def hidden(further: Sequence[Path] = ()) -> list[str]:
    """The folders that no attempt may read: checks and solutions. `further`: folders with an instructor's exercises."""
    return [str(folder) for folder in catalog.secret(further)]


def required(level: Level) -> Isolation:
    """The best isolation. Raises IsolationError if it is weaker than `level`."""
    found = best()
    if not found.level.reaches(level):
        raise IsolationError(f"attempts cannot be isolated by {level} on this machine: {found.why}")
    return found


_assumed: list[Isolation] = []


def assume(found: Isolation) -> None:
    """Use this as the best isolation, without a test: the process that started this one has tested it."""
    _assumed.append(found)


@cache
def best() -> Isolation:
    """The strongest level that holds. Processes test that by trying to break out."""
    return _assumed[0] if _assumed else _found()


def _found() -> Isolation:
    if why := _why_no_landlock():
        return Isolation(level=Level.PROCESS, why=why)
    if why := _why_no_namespaces():
        return Isolation(level=Level.LANDLOCK, why=why)
    return Isolation(level=Level.NAMESPACES)


def _why_no_namespaces() -> str:
    """Requires that Landlock holds."""
    found = _trials()[namespaces.__name__].result()
    return f"namespaces do not hold here: a process could still {', '.join(found)}" if found else ""


def _why_no_landlock() -> str:
    if sys.platform != "linux":
        return "Landlock is a part of Linux"
    version = landlock.abi()
    if version < landlock.LEAST_ABI:
        return f"this kernel has version {version} of Landlock, and {landlock.LEAST_ABI} is needed (Linux 6.7)"
    found = _trials()[landlock.__name__].result()
    return f"Landlock does not hold here: a process could still {', '.join(found)}" if found else ""


def begin() -> None:
    """Start the tests in other processes. `best` waits for them."""
    if not _assumed and landlock.abi() >= landlock.LEAST_ABI:
        _trials()


@cache
def _trials() -> dict[str, Future[list[str]]]:
    """Start both tests at once: each takes as long as the start of an interpreter."""
    modules = (landlock.__name__, namespaces.__name__)
    threads = ThreadPoolExecutor(len(modules), "checker-trial")
    trials = {module: threads.submit(escapes, module) for module in modules}
    threads.shutdown(wait=False)
    return trials


def escapes(module: str, interpreter: Interpreter | None = None) -> list[str]:
    """Run a module's self-test: what could a process that it has isolated still do?

    `interpreter`: of that process; by default the grader's own.
    """
    command = interpreters.command(interpreter or interpreters.own(), module)
    with tempfile.NamedTemporaryFile() as file, tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603  (our own module)
                [*command, file.name, folder], capture_output=True, timeout=interpreters.START_S, cwd="/"
            )
            if done.returncode == 0:
                return list(map(str, json.loads(done.stdout)))
            last_line = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            return [f"not be tested ({last_line})"]
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            return [f"not be tested ({error})"]


def python(module: str) -> list[str]:
    """A command that runs a module, without current folder and environment, and as a rule without the user's site."""
    further = interpreters.users_own()
    return [sys.executable, "-P", "-s", "-E", *([start.__file__, *further] if further else ["-m"]), module]
