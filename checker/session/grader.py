"""Grade attempts: by the same plugin as a learner's own run, with the grader's copy of everything but the attempt."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checker.judge import grading
from checker.model.answer import AttemptResult
from checker.model.exercise import Exercise
from checker.process.engine import Engine
from checker.process.isolation import Isolation
from checker.session.session import Host

CHECKS = "test_attempt.py"
NO_FILE = Path(os.devnull)
PLUGINS = ("checker", "timeout", "asyncio")
WITHOUT = ("no:cacheprovider", "no:terminal", "no:unraisableexception")
"""What keeps or shows something; and to look for exceptions that nobody saw, pytest collects garbage ten times, which
takes 50 ms, though the code of an attempt is in another process."""


class Grader:
    """Grades one attempt after the other on one engine. Use as a context manager."""

    def __init__(self, references: Path | None = None, isolation: Isolation | None = None) -> None:
        """`references`: the folder of reference solutions, to be raced beside each attempt.

        `isolation`: the best that this machine has, if it is not given.
        """
        self._engine = Engine(isolation=isolation)
        self._references = references

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the engine down, and every process that it ever started."""
        self._engine.close()

    def grade(self, exercise: Exercise, attempt: Path | None, only: str = "") -> AttemptResult:
        """Run the checks of the exercise on an attempt file; None: nothing was handed in.

        `only`: a marker expression for pytest, such as "timed". Never raises because of an attempt.
        """
        host = Host(self._engine)
        with _plain_environment():
            status = pytest.main(self._arguments(exercise, attempt or NO_FILE, only), plugins=[host])
        if len(host.results) == 1:
            return host.results[0]
        detail = f"pytest ended with {status!r} and {len(host.results)} results; this is not the attempt's fault"
        return grading.of_ours(exercise.number, detail)

    def _arguments(self, exercise: Exercise, attempt: Path, only: str) -> list[str]:
        reference = [f"--reference={self._references}"] if self._references is not None else []
        plugins = [part for name in (*PLUGINS, *WITHOUT) for part in ("-p", name)]
        return [
            str(exercise.folder / CHECKS), f"--attempt={attempt.absolute()}", *reference,
            "-c", str(Path(__file__).with_name("grading.ini")), f"--rootdir={exercise.folder.parent}", "--noconftest",
            "-m", only, *plugins,
        ]  # fmt: skip


@contextmanager
def _plain_environment() -> Iterator[None]:
    """Nothing that is installed or set on this machine may change how pytest grades."""
    kept = dict(os.environ)
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_XDIST_WORKER"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
