"""Graders on this machine: one for each thread that asks, so that it is known which job broke a grader."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from pathlib import Path

from checker.classroom.grader_process import Broken, GraderProcess, Patience
from checker.classroom.jobs import Job, Part
from checker.classroom.watchdog import Watchdog
from checker.judge import grading
from checker.model.answer import AttemptResult
from checker.process import surroundings

LIVES = 2
"""A job that has broken so many graders, the last of them alone on the machine, is not tried again."""


class Graders:
    """A grader for every thread, kept for the thread's next job."""

    def __init__(self, patience: Patience | None = None, adopts: bool = False, width: int = 1) -> None:
        """`adopts`: as in Watchdog. `width`: how many checks of a job go on at the same time."""
        self._built = Path(tempfile.mkdtemp(prefix="kata-built-"))
        self._own = threading.local()
        self._broken: Counter[str] = Counter()
        self._watchdog = Watchdog(lambda: GraderProcess(patience or Patience(), width, self._built), adopts)
        self._over = False

    def grade(self, job: Job, part: Part, alone: bool = False) -> AttemptResult:
        """An attempt never makes it raise: if it breaks its grader, the result is an error of ours.

        `alone`: nothing else runs here, so that a job that broke a grader in company may try once more.
        """
        while True:
            grader = self._mine()
            try:
                return grader.grade(job, part)
            except Broken as broken:
                self._watchdog.end(grader)
                self._broken[job.key] += 1
                if self._over or not alone or self._broken[job.key] >= LIVES:
                    return grading.of_ours(job.exercise, self._told(job, str(broken)))

    def _mine(self) -> GraderProcess:
        """This thread's grader; a new one, if that has a fault."""
        grader: GraderProcess | None = getattr(self._own, "grader", None)
        if grader is None or grader.fault():
            grader = self._own.grader = self._watchdog.start()
        return grader

    def _told(self, job: Job, why: str) -> str:
        again = f", and so did {self._broken[job.key] - 1} before it" if self._broken[job.key] > 1 else ""
        return f"the grader's own process {why} over this attempt{again}"

    def kill(self) -> None:
        """End all graders now, whatever they are doing."""
        self._over = True
        self._watchdog.kill()

    def close(self) -> None:
        """End them when they have nothing to do."""
        self._watchdog.close()
        surroundings.remove(self._built)
