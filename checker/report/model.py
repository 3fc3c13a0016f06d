"""What every report is made from."""

from __future__ import annotations

import platform
import sys

from checker import __version__
from checker.model import AttemptResult, Record, Verdict
from checker.observe import linux
from checker.observe.cpus import usable_cpus


class Machine(Record):
    """Where the marks were measured."""

    cpus: float
    python: str
    platform: str
    clock: str
    """"corrected": scheduler accounting removes the time that other programs took; "raw": the platform has none."""
    isolation: str

    @classmethod
    def here(cls) -> Machine:
        return cls(
            cpus=usable_cpus(),
            python=platform.python_version(),
            platform=sys.platform,
            clock="corrected" if linux.available() else "raw",
            isolation="process",
        )


class SubmissionResult(Record):
    """One learner's results."""

    submission: str
    exercises: list[AttemptResult]


class Report(Record):
    """All results of one grading."""

    machine: Machine
    submissions: list[SubmissionResult]
    version: str = __version__

    @property
    def verdicts(self) -> list[Verdict]:
        return [result.verdict for submission in self.submissions for result in submission.exercises]
