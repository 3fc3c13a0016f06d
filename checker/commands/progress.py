"""The progress of grading many attempts: done, left, and the time that remains."""

from __future__ import annotations

import time
from collections import Counter, deque
from types import TracebackType

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from checker.model.answer import AttemptResult, Verdict
from checker.report.terminal import COLOURS, MARKS, printable

RECENT = 5
NAMED = 3
"""Learners that are named for identical attempts."""
PLAIN_EVERY_S = 10.0
"""Time between plain lines: a log should not have a line per attempt."""


class View:
    """A live display on a terminal, an occasional plain line elsewhere. Use as a context manager."""

    def __init__(self, console: Console, total: int, known: int) -> None:
        """`total`: attempts; `known`: those that are graded already."""
        self._console = console
        self._verdicts: Counter[Verdict] = Counter()
        self._recent: deque[Text] = deque(maxlen=RECENT)
        self._told_s = time.monotonic()
        self._progress = Progress(
            TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left"),
            TimeRemainingColumn(), console=console,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=total, completed=known)
        self._live = Live(console=console, transient=True, get_renderable=self._rendered)
        if known:
            console.print(f"{known} of {total} attempts are graded already.")

    def __enter__(self) -> View:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        self._live.stop()

    def finished(self, submissions: list[str], result: AttemptResult) -> None:
        """Show another result. `submissions`: those that it is for; several, if their attempts are identical."""
        self._verdicts[result.verdict] += 1
        self._progress.advance(self._task)
        code = f" {result.diagnosis.code}" if result.diagnosis is not None else ""
        more = f" and {len(submissions) - NAMED} more" if len(submissions) > NAMED else ""
        who = printable(", ".join(submissions[:NAMED])) + more
        line = f"{MARKS[result.verdict]} {who} {result.exercise}{code}"
        self._recent.append(Text(line, style=COLOURS[result.verdict]))
        now_s = time.monotonic()
        if not self._console.is_terminal and now_s - self._told_s >= PLAIN_EVERY_S:
            self._told_s = now_s
            task = self._progress.tasks[0]
            self._console.print(f"{task.completed:g} of {task.total:g} graded: {self._counts()}")

    def _counts(self) -> str:
        return ", ".join(f"{number} {verdict}" for verdict, number in sorted(self._verdicts.items()))

    def _rendered(self) -> Group:
        return Group(self._progress, Text(self._counts()), *self._recent)
