"""What every report is made from."""

from __future__ import annotations

import platform
import sys

import msgspec

from checker import __version__
from checker.model.answer import AttemptResult, Verdict
from checker.model.exercise import ATTEMPT, Exercise
from checker.model.interpreter import Interpreter
from checker.model.record import Record
from checker.observe import linux
from checker.observe.cpus import usable_cpus
from checker.process import interpreters, isolation


class Machine(Record):
    """Where the marks were measured."""

    cpus: float
    python: str
    platform: str
    clock: str
    """"corrected": scheduler accounting removes the time that other programs took; "raw": the platform has none."""
    isolation: str
    attempts: str = ""
    """The interpreter that attempts ran on, with its GIL on or off; "" if it was not recorded."""

    @classmethod
    def here(cls, interpreter: Interpreter | None = None) -> Machine:
        """`interpreter`: the one that attempts run on; by default the grader's own."""
        return cls(
            cpus=usable_cpus(),
            python=platform.python_version(),
            platform=sys.platform,
            clock="corrected" if linux.available() else "raw",
            isolation=isolation.best().level,
            attempts=(interpreter or interpreters.own()).name,
        )


class Learner(Record):
    """A person on the roster."""

    id: str
    """Identifies the person in the system that receives the marks."""
    name: str = ""
    email: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """All columns of the roster, unchanged."""


class Lateness(Record):
    """How late an attempt is. It is reported beside the score and never changes it."""

    days: float
    """Time from the due date to the hand-in, on the course's clock; 0 if it is unknown."""
    penalty: float
    """Share of the points that the policy takes off, 0 to 1."""


class Grading(Record):
    """One result of an attempt. If there are several, the last one counts."""

    at: str
    """ISO 8601, UTC."""
    by: str
    """The checker's version and the machine, in words; "" if they were not recorded."""
    verdict: Verdict
    score: float
    code: str
    """The diagnosis's code."""


class Past(Record):
    """One of a learner's attempts at an exercise, as it was handed in."""

    at: str
    """When it was handed in, or first seen if that is unknown. ISO 8601, UTC."""
    verdict: Verdict | None
    """None: it was never graded."""
    score: float = 0.0
    code: str = ""
    """The diagnosis's code."""
    gradings: list[Grading] = msgspec.field(default_factory=list)
    """All gradings by the current checks, oldest first."""
    appeals: list[str] = msgspec.field(default_factory=list)
    """The reasons of all appeals, for which it was graded again."""


class SubmissionResult(Record):
    """One learner's results."""

    submission: str
    """The submission's name; all names, if a learner has several submissions."""
    exercises: list[AttemptResult]
    learner: Learner | None = None
    """None: there is no roster, or nobody on it matches."""
    handed_in: str | None = None
    """When the last of its attempts was handed in, if known. ISO 8601, UTC."""
    times: dict[str, str] = msgspec.field(default_factory=dict)
    """When each exercise's attempt was handed in, by exercise."""
    late: Lateness | None = None
    """The lateness of the latest exercise."""
    late_by: dict[str, Lateness] = msgspec.field(default_factory=dict)
    """Lateness by exercise."""
    takes_off: bool = False
    """The course's policy for lateness applies to marks: see `counted`."""
    excused: list[str] = msgspec.field(default_factory=list)
    """Exercises that this learner need not hand in. They are in no total."""
    undecided: list[str] = msgspec.field(default_factory=list)
    """Exercises for which the learner has no attempt, but one that nobody was given may be theirs. In no total."""

    history: dict[str, list[Past]] = msgspec.field(default_factory=dict)
    """Everything that was ever handed in, by exercise; the last counts."""

    hand_backs: list[str] = msgspec.field(default_factory=list)
    """How the names of feedback files must begin so that the learning platform takes them back: one prefix for each of
    its assignments, the newest first. Empty: the platform asks for nothing."""

    parts: dict[str, str] = msgspec.field(default_factory=dict)
    """If the learner has several submissions: by exercise, the name of the one that it comes from."""

    def called(self, exercise: str) -> str:
        """The name of the submission that has this exercise."""
        return self.parts.get(exercise, self.submission)

    def counted(self, result: AttemptResult) -> float:
        """The points that count for an exercise: its score, less by the penalty if the course applies one."""
        late = self.late_by.get(result.exercise) if self.takes_off else None
        return round(result.score * (1.0 - late.penalty), 2) if late is not None else result.score

    def result(self, number: str) -> AttemptResult | None:
        """The result of an exercise; None: it is excused, or not graded yet."""
        return next((each for each in self.exercises if each.exercise == number), None)

    @property
    def counted_score(self) -> float:
        """The sum of the points that count."""
        return round(sum(self.counted(result) for result in self.exercises), 2)

    @property
    def score(self) -> float:
        return round(sum(result.score for result in self.exercises), 1)

    @property
    def max_score(self) -> float:
        return round(sum(result.max_score for result in self.exercises), 1)


class ExerciseInfo(Record):
    """An exercise that attempts were graded on."""

    number: str
    slug: str
    title: str
    max_score: float
    attempt: str = ATTEMPT
    """The name of the learner's file."""
    sync: str = ""
    """The text of the stub; attempts are compared with it."""

    @classmethod
    def of(cls, exercise: Exercise, max_score: float, sync: str) -> ExerciseInfo:
        """`max_score`: the points that are possible here; a course or a selection of checks may change them."""
        return cls(
            number=exercise.number, slug=exercise.slug, title=exercise.title, max_score=max_score,
            attempt=exercise.attempt, sync=sync,
        )  # fmt: skip


class Report(Record):
    """All results of one grading."""

    machine: Machine
    submissions: list[SubmissionResult]
    version: str = __version__
    exercises: list[ExerciseInfo] = msgspec.field(default_factory=list)
    """For a class: every exercise that was graded, in order."""
    missing: list[Learner] = msgspec.field(default_factory=list)
    """For a class with a roster: learners who handed in nothing. Their marks are 0 unless excused."""
    claimed: list[Learner] = msgspec.field(default_factory=list)
    """For a class with a roster: learners whose only submissions may be somebody else's, so nobody was given them."""
    undecided: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """For these, by id: the exercises for which something may be theirs."""
    excused: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """For learners without a submission, by id: exercises that they need not hand in."""
    ambiguous: dict[str, str] = msgspec.field(default_factory=dict)
    """For a class with a roster: submissions that could not be matched to anybody, and why."""
    former: dict[str, str] = msgspec.field(default_factory=dict)
    """Submissions that only an earlier roster matches to somebody, and to whom."""
    unmeant: list[str] = msgspec.field(default_factory=list)
    """Sentences: rules of the course for people that match nobody in the class, or more than one."""
    leftovers: list[tuple[str, str, str]] = msgspec.field(default_factory=list)
    """(submission, path, why) of everything that was not taken or not matched; the submission may be ""."""
    attempts: dict[str, str] = msgspec.field(default_factory=dict)
    """The texts of attempts by their attempt_sha256, if known."""

    @property
    def owing(self) -> list[Learner]:
        """Learners who handed in nothing and are not excused from everything."""
        numbers = {info.number for info in self.exercises}
        return [each for each in self.missing if not numbers or numbers - {*self.excused.get(each.id, ())}]

    @property
    def verdicts(self) -> list[Verdict]:
        return [result.verdict for submission in self.submissions for result in submission.exercises]
