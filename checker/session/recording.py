"""Record a learner's runs in their gradebook: attempts before they run, and results as they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checker import catalog
from checker.judge import grading
from checker.model.answer import CheckResult
from checker.model.exercise import Exercise
from checker.session.told import Told

if TYPE_CHECKING:
    from checker.process.invocation import Source
    from checker.progress.rules import Outcome


class Recorder:
    """A pytest plugin object for a session in which learners check their own files."""

    def __init__(self, config: pytest.Config, attempt: Callable[[Exercise], Source]) -> None:
        """`attempt`: the source that is checked; it is read once, so what is kept is what was checked."""
        self._config = config
        self._attempt = attempt
        self._exercises: dict[Path, Exercise] = {}
        """By their folders. A learner's copy of an exercise has the same number, and is recorded on its own."""
        self._pending: Counter[Path] = Counter()
        """The number of checks without a result yet. Not used with pytest-xdist."""
        self._checks: dict[Path, list[CheckResult]] = {}
        self._sha256: dict[Path, str | None] = {}
        self.before: dict[str, Outcome] = {}
        """The previous run, by the exercise's number."""
        self.passed: set[str] = set()
        """Numbers of the exercises that were passed before this run."""
        self._is_controller = config.getoption("numprocesses", None) is not None
        """Whether this is pytest-xdist's controller. It collects nothing, so exercises are known only from results."""
        self.trouble = ""
        """Why progress is not recorded, in one line; "": it is recorded."""

    # --- hooks ---

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Store the attempts before pytest prints what it has collected: from then on, being killed loses nothing."""
        if self._config.option.collectonly:
            return
        for item in session.items:
            self._pending[item.path.parent] += 1
        for folder in self._pending:
            self._register(folder)
        texts: dict[Path, list[bytes]] = {}
        for exercise in self._exercises.values():
            texts.setdefault(_root(exercise), []).extend(self._text(exercise))
        for root, found in texts.items():
            self._keep(root, found)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told: Told | None = getattr(report, "check", None)
        if told is None:
            return
        folder = Path(told.folder)
        if folder not in self._exercises:
            self._register(folder)
        self._sha256[folder] = told.sha256
        self._checks.setdefault(folder, []).append(told.result)
        self._pending[folder] -= 1
        if self._pending[folder] == 0 and not self._is_controller:
            self._record(folder)

    def pytest_sessionfinish(self) -> None:
        for folder in list(self._checks):
            self._record(folder)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.trouble:
            terminalreporter.write_line(f"Your progress is not kept: {self.trouble}", yellow=True)

    # --- the gradebook ---

    def _register(self, folder: Path) -> None:
        """The exercise in this folder is known from now on, if there is one."""
        if (folder / catalog.METADATA).is_file():
            with suppress(catalog.CatalogError):  # its checks report the error
                self._exercises[folder] = catalog.load(folder)

    def _text(self, exercise: Exercise) -> list[bytes]:
        """The attempt's text, if there is one."""
        try:
            text = self._attempt(exercise).text
        except OSError:
            return []
        return [text] if text is not None else []

    def _keep(self, root: Path, texts: list[bytes]) -> None:
        from checker.gradebook.gradebook_file import GradebookError
        from checker.progress import book as progress
        from checker.progress import rules

        try:
            with progress.to_write(root) as book:
                book.keep(texts)
                tries = book.tries()
        except GradebookError as error:
            self.trouble = str(error)
            return
        self.passed |= rules.passed(tries)
        mine = {each.number for each in self._exercises.values() if _root(each) == root}
        self.before |= {number: found[-1].outcome for number, found in tries.items() if number in mine}

    def _record(self, folder: Path) -> None:
        from checker.gradebook.gradebook_file import GradebookError
        from checker.progress import book as progress

        exercise = self._exercises.get(folder)
        checks, sha256 = self._checks.pop(folder, []), self._sha256.get(folder)
        if exercise is None or self.trouble:
            return
        try:
            with progress.to_write(_root(exercise)) as book:
                if self._is_controller:
                    book.keep(self._text(exercise))
                book.add(progress.key(exercise, sha256), grading.attempt(exercise.number, checks, sha256))
        except (GradebookError, OSError) as error:
            self.trouble = str(error)


def _root(exercise: Exercise) -> Path:
    from checker.progress import book as progress

    return progress.root_of(exercise.folder)
