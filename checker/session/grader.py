"""Grade attempts with the same plugin as a learner's own run, but with the grader's copy of all other files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from checker import catalog
from checker.catalog import CHECKS, COMPILED
from checker.judge import grading
from checker.model.answer import AttemptResult
from checker.model.exercise import Exercise
from checker.model.interpreter import Interpreter
from checker.process.engine import Engine
from checker.process.invocation import Source
from checker.process.isolation import Isolation
from checker.session import invocation
from checker.session.session import Host

PLUGINS = ("checker", "timeout", "asyncio")
WITHOUT = ("no:cacheprovider", "no:terminal", "no:unraisableexception", "no:faulthandler")
"""pytest's plugins that are not needed: cacheprovider and terminal only store or show something. unraisableexception
collects garbage ten times, which takes 50 ms, though an attempt's code is in another process. faulthandler dumps the
stacks of threads that go on running, so that a grader may end by another signal than it was sent."""
FOREIGN = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_XDIST_WORKER")
"""Settings of the environment that would change how pytest grades."""


class Grader:
    """Grades attempts one after the other on one engine. Use as a context manager."""

    def __init__(
        self,
        isolation: Isolation | None = None,
        interpreter: Interpreter | None = None,
        width: int | None = 1,
        further: Sequence[Path] = (),
        with_references: bool = False,
    ) -> None:
        """`isolation`: default is the best of this machine. `interpreter`: for the attempts; default is the grader's
        own. `width`: how many checks run at the same time; None for as many as suit the cores.

        `further`: more folders with exercises, which no attempt may read. `with_references`: also race the reference
        solutions, if there are any.
        """
        for name in FOREIGN:  # for the whole process, which does nothing but grade
            os.environ.pop(name, None)
        self._engine = Engine(isolation=isolation, interpreter=interpreter, further=further)
        self._with_references = with_references
        self._width = width

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the engine and every process that it has started."""
        self._engine.close()

    def grade(self, exercise: Exercise, text: bytes | None, only: str = "", path: Path | None = None) -> AttemptResult:
        """Run the exercise's checks on the text of an attempt; None: nothing was handed in.

        `only`: a marker expression for pytest, such as "timed". `path`: the file's path to show in messages. Never
        raises because of an attempt.
        """
        attempt = Source(text, exercise.attempt == COMPILED, str(path) if path is not None else None)
        references = catalog.solution(exercise.folder).parent if self._with_references else None
        host = Host(self._engine, attempt, references, self._width)
        _forget_namesakes(exercise.folder)
        status = pytest.main(_arguments(exercise, only), plugins=[host])
        if host.checks:
            return grading.attempt(exercise.number, host.checks, attempt.sha256)
        detail = f"pytest ended with {status!r} and without a result; this is not the attempt's fault"
        return grading.of_ours(exercise.number, detail)


def _forget_namesakes(folder: Path) -> None:
    """Unload checks that were imported from another folder of this name: pytest would run them instead.

    One process may grade two courses that each have an exercise 32_roll_call of their own.
    """
    name, file = f"{folder.name}.{Path(CHECKS).stem}", folder / CHECKS
    loaded = sys.modules.get(name)
    if loaded is not None and loaded.__file__ != str(file):
        del sys.modules[name]


def _arguments(exercise: Exercise, only: str) -> list[str]:
    plugins = [part for name in (*PLUGINS, *WITHOUT) for part in ("-p", name)]
    return [
        invocation.spelled(exercise.folder / CHECKS, Path.cwd()), "-c", str(Path(__file__).with_name("grading.ini")),
        f"--rootdir={exercise.folder.parent}", "--noconftest", "--disable-plugin-autoload", "-m", only, *plugins,
    ]  # fmt: skip
