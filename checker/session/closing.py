"""The last lines of a learner's run: praise and the next exercise, or the one thing to look at first."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

from checker import catalog
from checker.model.answer import AttemptResult, Diagnosis, Speed, Verdict
from checker.model.exercise import FULL_SCORE, Exercise
from checker.progress import rules
from checker.progress.rules import Outcome
from checker.report.terminal import StyledLine, source_line

GIT_COMPARES = ("git", "diff", "--quiet", "HEAD", "--", catalog.SYNC)
"""Exits with 1 if the file differs from the last commit."""


class Closing:
    """Makes the last lines for one exercise."""

    def __init__(
        self, exercise: Exercise, text: bytes | None, before: Outcome | None, passed: Collection[str], here: Path
    ) -> None:
        """`text`: the attempt's; `before`: the previous run; `passed`: the numbers of passed exercises; `here`: the
        folder in which pytest was started.
        """
        self._exercise = exercise
        self._text = text
        sync = exercise.folder / catalog.SYNC
        self._sync = sync.read_bytes() if sync.is_file() else None
        self._before = before
        self._done = passed
        self._here = here

    def lines(self, result: AttemptResult) -> Iterator[StyledLine]:
        """The lines for this result."""
        if self._sync_is_edited():
            yield StyledLine(
                f"  {self._path(catalog.SYNC)} is not as it came, and races are held against it.", {"yellow": True}
            )
            yield StyledLine("  Your program goes into " + self._path(self._exercise.attempt))
        if result.verdict is Verdict.PASSED:
            yield from self._passed(result)
        elif result.diagnosis is not None:
            yield from self._failed(result, result.diagnosis)

    def _sync_is_edited(self) -> bool:
        """Whether sync.py differs from the checker's copy.

        In a clone of the repository, where it is the checker's copy, it is compared with the last commit.
        """
        folder = self._exercise.folder
        original, sync = catalog.own_exercises() / folder.name / catalog.SYNC, folder / catalog.SYNC
        if not original.is_file():
            return False
        if not (sync.is_file() and original.samefile(sync)):
            return original.read_bytes() != self._sync
        try:
            done = subprocess.run(GIT_COMPARES, cwd=sync.parent, capture_output=True, check=False)  # noqa: S603
        except OSError:
            return False  # Git is not installed
        return done.returncode == 1

    def _passed(self, result: AttemptResult) -> Iterator[StyledLine]:
        if result.max_score < FULL_SCORE:  # only some of its checks were run
            yield StyledLine("  So far, so good. All of its checks: " + self._command(self._exercise.folder))
            return
        yield StyledLine(f"  Well done!{_speed(result.speed)}", {"green": True})
        reference = self._exercise.folder.parent.parent / "solutions" / self._exercise.folder.name / "README.md"
        if reference.is_file():
            yield StyledLine(f"  What else would work, and what it costs: {_from(self._here, reference)}")
        following = self._following()
        if following is not None:
            yield StyledLine(f"  Next: {following.title}: {self._command(following.folder)}", {"bold": True})

    def _failed(self, result: AttemptResult, first: Diagnosis) -> Iterator[StyledLine]:
        changed = rules.since(self._before, {check.id: check.verdict for check in result.checks})
        if changed:
            yield StyledLine(f"  Checks passed: {changed} (since your last run)")
        if self._text == self._sync:
            yield StyledLine(
                f"  Begin here: {self._path('README.md')}; then change {self._path(self._exercise.attempt)}"
            )
            yield StyledLine(f"  See it run, without checks: checker run {self._exercise.number}")
            return
        same = sum(check.diagnosis is not None and check.diagnosis.code == first.code for check in result.checks)
        others = f" (also in {same - 1} other{'s' if same > 2 else ''})" if same > 1 else ""
        yield StyledLine(f"  Look at this first: {first.code}{others}", {"bold": True})
        if line := source_line(self._text, first):
            yield StyledLine(f"    {line}")
        number = self._exercise.number
        yield StyledLine(f"  Stuck? One hint: checker hint {number}. See it run: checker run {number}")
        yield StyledLine(f"  All there is to know: {self._path('README.md')}")

    def _following(self) -> Exercise | None:
        """The exercise that `checker next` would name, with this one passed."""
        number = self._exercise.number
        try:
            return rules.next_one(catalog.load_all(self._exercise.folder.parent), {*self._done, number}, number)
        except catalog.CatalogError:
            return None

    def _command(self, folder: Path) -> str:
        return f"pytest {shlex.quote(_from(self._here, folder.with_name(folder.name[:2])))}"

    def _path(self, name: str) -> str:
        return _from(self._here, self._exercise.folder / name)


def _speed(speed: Speed | None) -> str:
    if speed is None:
        return ""
    share = min(1.0, speed.speedup / speed.limit)
    return f" {speed.speedup:.1f} times as fast as sync.py: {share:.0%} of what is possible."


def _from(here: Path, path: Path) -> str:
    return Path(os.path.relpath(path, here)).as_posix()
