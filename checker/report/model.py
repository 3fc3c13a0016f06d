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
    """The interpreter that attempts ran on, with its GIL on or off; "" where nobody kept that."""

    @classmethod
    def here(cls, interpreter: Interpreter | None = None) -> Machine:
        """`interpreter`: that attempts run on; the grader's own, if it is not given."""
        return cls(
            cpus=usable_cpus(),
            python=platform.python_version(),
            platform=sys.platform,
            clock="corrected" if linux.available() else "raw",
            isolation=isolation.best().level,
            attempts=(interpreter or interpreters.own()).name,
        )


class Learner(Record):
    """One person of the roster."""

    id: str
    """What identifies the person where the marks go."""
    name: str = ""
    email: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """All columns of the roster, as they were."""


class Lateness(Record):
    """Kept beside the score, which it never changes."""

    days: float
    """How long after the due date the submission was handed in, on the course's clock; 0: nobody knows how long."""
    penalty: float
    """Share of the points that the policy takes off, 0 to 1."""


class Grading(Record):
    """One result of an attempt: of several, the last counts."""

    at: str
    """ISO 8601, UTC."""
    by: str
    """The checker's version and the machine, in words; "" where nobody kept that."""
    verdict: Verdict
    score: float
    code: str
    """Of the diagnosis."""


class Past(Record):
    """One of a learner's attempts at an exercise, as it was handed in."""

    at: str
    """ISO 8601, UTC: when it was handed in, or first seen where nobody knows that."""
    verdict: Verdict | None
    """None: it was never graded."""
    score: float = 0.0
    code: str = ""
    """Of the diagnosis."""
    gradings: list[Grading] = msgspec.field(default_factory=list)
    """Every time that it was graded by today's checks, the oldest first."""
    appeals: list[str] = msgspec.field(default_factory=list)
    """Why it was graded again, each time that somebody asked for it."""


class SubmissionResult(Record):
    """One learner's results."""

    submission: str
    """What it is called; of a learner who has several, all of them."""
    exercises: list[AttemptResult]
    learner: Learner | None = None
    """None: no roster, or nobody of it."""
    handed_in: str | None = None
    """ISO 8601, UTC, where that is known: the last of its attempts."""
    times: dict[str, str] = msgspec.field(default_factory=dict)
    """The same of each exercise's attempt."""
    late: Lateness | None = None
    """Of the exercise that is latest."""
    late_by: dict[str, Lateness] = msgspec.field(default_factory=dict)
    """By exercise."""
    takes_off: bool = False
    """The course's policy for lateness applies to marks: see `counted`."""
    excused: list[str] = msgspec.field(default_factory=list)
    """Exercises that this learner need not hand in: they are in no total."""
    undecided: list[str] = msgspec.field(default_factory=list)
    """Exercises at which this learner has nothing, and something may be the learner's: they are in no total."""

    history: dict[str, list[Past]] = msgspec.field(default_factory=dict)
    """By exercise, everything that was ever handed in; the last counts."""

    hand_backs: list[str] = msgspec.field(default_factory=list)
    """How the names of feedback files must begin so that the learning platform takes them back: one prefix for each of
    its assignments, the newest first. Empty: the platform asks for nothing."""

    parts: dict[str, str] = msgspec.field(default_factory=dict)
    """By exercise, where the learner has several submissions: what the one is called that it is of."""

    def called(self, exercise: str) -> str:
        """What the submission is called that has this exercise."""
        return self.parts.get(exercise, self.submission)

    def counted(self, result: AttemptResult) -> float:
        """The points of an exercise where marks go: the raw ones, unless the course's policy takes some off."""
        late = self.late_by.get(result.exercise) if self.takes_off else None
        return round(result.score * (1.0 - late.penalty), 2) if late is not None else result.score

    def result(self, number: str) -> AttemptResult | None:
        """Of the exercise; None: it is excused, or was not graded yet."""
        return next((each for each in self.exercises if each.exercise == number), None)

    @property
    def counted_score(self) -> float:
        """The sum of those."""
        return round(sum(self.counted(result) for result in self.exercises), 2)

    @property
    def score(self) -> float:
        return round(sum(result.score for result in self.exercises), 1)

    @property
    def max_score(self) -> float:
        return round(sum(result.max_score for result in self.exercises), 1)


class ExerciseInfo(Record):
    """An exercise that somebody was graded on."""

    number: str
    slug: str
    title: str
    max_score: float
    attempt: str = ATTEMPT
    """What the learner's file is called."""
    sync: str = ""
    """The text of the stub, which attempts are compared with."""

    @classmethod
    def of(cls, exercise: Exercise, max_score: float, sync: str) -> ExerciseInfo:
        """`max_score`: what counts here, which a course or a choice of checks may change."""
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
    """Of a class: every exercise that was graded, in order."""
    missing: list[Learner] = msgspec.field(default_factory=list)
    """Of a class with a roster: who handed in nothing, so that every mark of theirs is 0 that is not excused."""
    claimed: list[Learner] = msgspec.field(default_factory=list)
    """Of a class with a roster: whose everything was given to nobody, as it may be somebody else's."""
    undecided: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """By the ids of those: exercises at which something may be theirs."""
    excused: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """By the ids of those without a submission: exercises that they need not hand in."""
    ambiguous: dict[str, str] = msgspec.field(default_factory=dict)
    """Of a class with a roster: submissions that were given to nobody, and why."""
    former: dict[str, str] = msgspec.field(default_factory=dict)
    """Submissions that only an earlier roster gives to somebody, and to whom."""
    unmeant: list[str] = msgspec.field(default_factory=list)
    """Sentences: what the course says of people that means nobody of the class, or more than one."""
    leftovers: list[tuple[str, str, str]] = msgspec.field(default_factory=list)
    """(submission, path, why) of everything that was not taken or given to nobody; "" is what is nobody's."""
    attempts: dict[str, str] = msgspec.field(default_factory=dict)
    """The texts of the attempts, by their attempt_sha256, where they are known."""

    @property
    def owing(self) -> list[Learner]:
        """Who handed in nothing, and is not excused from everything."""
        numbers = {info.number for info in self.exercises}
        return [each for each in self.missing if not numbers or numbers - {*self.excused.get(each.id, ())}]

    @property
    def verdicts(self) -> list[Verdict]:
        return [result.verdict for submission in self.submissions for result in submission.exercises]
