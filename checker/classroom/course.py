"""What counts in a course, and what it makes of results. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from checker.gradebook.handins import Ignored, Submission
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, CheckResult, Diagnosis, Verdict
from checker.model.codes import Code
from checker.model.exercise import FULL_SCORE
from checker.model.record import Record
from checker.process.isolation import Level
from checker.report.model import Lateness

DAY = timedelta(days=1)
MOST_GRACE_MINUTES = 1e9
"""Nineteen centuries. A `timedelta` ends, and JSON has no inf: a gradebook could not be read again."""
LEAST_DAYS = 0.01
"""The least lateness that a report shows, rounded to two digits. 0 days: only the platform knows that it is late."""
NOT_COUNTED = "its exercise is not in the course"

ABSENT, BY_HAND = "handed_in", "set_by_hand"
"""Ids of checks that no exercise has."""

NO_ZONE = (ZoneInfoNotFoundError, ValueError, OSError)
"""What `Course.zone` raises if no time zone has the name, or if it leads to a file that cannot be one."""

Number = Annotated[str, Meta(pattern=r"^\d\d$")]
Share = Annotated[float, Meta(ge=0, le=1)]


class Plan(Record, forbid_unknown_fields=True):
    """What counts of one exercise."""

    weight: Annotated[float, Meta(ge=0, le=1000)] = 1.0
    """Factor of its points: 2 makes 20 of the 10."""
    due: datetime | None = None
    """A date without a time zone is in the course's."""
    not_counted: list[str] = msgspec.field(default_factory=list)
    """Names of checks, such as test_order."""


class Late(Record, forbid_unknown_fields=True):
    """What lateness costs. It is shown beside each score, and taken off where marks go if `applies`."""

    penalty_per_day: Share = 0.0
    """Share of the points for each day that has begun."""
    at_most: Share = 1.0
    grace_minutes: Annotated[float, Meta(ge=0, le=MOST_GRACE_MINUTES)] = 0.0
    applies: bool = False


class Extension(Record, forbid_unknown_fields=True):
    """A later due date for one learner; one that is not later changes nothing."""

    learner: str
    """The id in the roster, or another key that only one learner has; without a roster, also a submission's name."""
    due: datetime
    exercises: list[Number] | None = None
    """None: all."""
    why: str = ""


class Excused(Record, forbid_unknown_fields=True):
    """Work that one learner need not hand in: it counts neither in the points nor in their maximum."""

    learner: str
    exercises: list[Number] | None = None
    why: str = ""


class Decided(Record, forbid_unknown_fields=True):
    """Points of one learner, set by hand. They count as they are, whatever the checks say, late or not."""

    learner: str
    exercises: Annotated[list[Number], Meta(min_length=1)]
    points: Annotated[float, Meta(ge=0)]
    """For each of the exercises; at most the exercise's maximum in this course."""
    why: Annotated[str, Meta(min_length=1)]
    """Learners read it."""


class Owned(Record, forbid_unknown_fields=True):
    """Whose a submission is, if names and keys do not tell it, or tell it wrongly."""

    submission: str
    """What it is called in the gradebook and in reports."""
    learners: list[str]
    """Each as in an extension. If the list is empty, it is nobody's, and counts for nobody."""
    why: str = ""


class Course(Record, forbid_unknown_fields=True):
    """A course: the denominator of every mark."""

    title: str = ""
    timezone: str = "UTC"
    """Of due dates, of times in archives, and of what a platform's lists say."""
    isolation: Level = Level.PROCESS
    """The least isolation of attempts."""
    python: str = ""
    """The interpreter of attempts, a name on PATH or a path; "": the grader's own."""
    due: datetime | None = None
    """Of every exercise that has none of its own."""
    late: Late = Late()
    own_exercises: list[str] = msgspec.field(default_factory=list)
    """Folders of the instructor's own exercises, each with exercises/ and solutions/ in it: below the folder of
    course.toml, where they are relative to it; absolute once that is read."""
    exercises: dict[Number, Plan] = msgspec.field(default_factory=dict)
    extensions: list[Extension] = msgspec.field(default_factory=list)
    excused: list[Excused] = msgspec.field(default_factory=list)
    decided: list[Decided] = msgspec.field(default_factory=list)
    """Of two about the same, the last one counts."""
    owners: list[Owned] = msgspec.field(default_factory=list)
    """Of two about the same, the last one counts."""

    @property
    def numbers(self) -> list[str]:
        """Of its exercises, in order."""
        return sorted(self.exercises)

    @property
    def zone(self) -> ZoneInfo:
        """Raises one of NO_ZONE."""
        return ZoneInfo(self.timezone)

    @property
    def further(self) -> tuple[str, ...]:
        """Folders with exercises beside the checker's own."""
        return tuple(self.own_exercises)

    def due_for(self, who: str, number: str) -> datetime | None:
        """The latest date at which an exercise is due for a person. None: there is no date.

        `who`: the id of a learner; the name of the submission, if that is nobody's.
        """
        regular = self._regular_due(number)
        extended = [self._aware(each.due) for each in self.extensions if _is_about(each, who, number)]
        return max([*extended, *([regular] if regular is not None else [])], default=None)

    def _regular_due(self, number: str) -> datetime | None:
        """When an exercise is due without an extension."""
        due = self.exercises.get(number, Plan()).due or self.due
        return self._aware(due) if due is not None else None

    def is_excused(self, who: str, number: str) -> bool:
        return any(_is_about(each, who, number) for each in self.excused)

    def excused_from(self, who: str) -> list[str]:
        """The exercises that this person need not hand in, in order."""
        return [number for number in self.numbers if self.is_excused(who, number)]

    def decided_of(self, who: str) -> dict[str, Decided]:
        """What was decided by hand about this person's work, by exercise."""
        return {number: each for each in self.decided if each.learner == who for number in each.exercises}

    def lateness(self, who: str, number: str, handed_in: str | None, is_marked: bool) -> Lateness | None:
        """None: in time, or nobody knows. What only the platform knows to be late costs as much as one day.

        `is_marked`: the platform says that it is late.
        """
        due, regular = self.due_for(who, number), self._regular_due(number)
        at = datetime.fromisoformat(handed_in) if handed_in is not None else None
        in_time = at is None or due is None or at - due <= timedelta(minutes=self.late.grace_minutes)
        if at is None or due is None or regular is None:
            is_late = is_marked and (due == regular or not in_time)  # the platform knows nothing of an extension
            return Lateness(days=0.0, penalty=self._penalty(1)) if is_late else None
        if in_time:
            return None
        days = self._elapsed(due, at) / DAY
        return Lateness(days=max(LEAST_DAYS, round(days, 2)), penalty=self._penalty(ceil(days)))

    def _elapsed(self, start: datetime, end: datetime) -> timedelta:
        """From one time to a later one, by the clock of the course's time zone.

        So a day ends at the hour at which it began, also when clocks are changed. If that clock shows no later time, or
        cannot show both, it is the time that passed.
        """
        shown = timedelta(0)
        with suppress(OverflowError, *NO_ZONE):
            shown = end.astimezone(self.zone).replace(tzinfo=None) - start.astimezone(self.zone).replace(tzinfo=None)
        return shown if shown > timedelta(0) else end - start

    def _penalty(self, days: int) -> float:
        return round(min(self.late.at_most, days * self.late.penalty_per_day), 4)

    def _aware(self, date: datetime) -> datetime:
        return date if date.tzinfo is not None else date.replace(tzinfo=self.zone)

    def only_counted(self, submission: Submission) -> Submission:
        """Without attempts at exercises that are not in the course."""
        others = [each for each in submission.attempts if each.exercise not in self.exercises]
        told = [Ignored(path=each.path, why=NOT_COUNTED) for each in others if each.text is not None]
        counted = [each for each in submission.attempts if each.exercise in self.exercises]
        return msgspec.structs.replace(submission, attempts=counted, ignored=[*submission.ignored, *told])

    # --- results ---

    def max_score(self, number: str) -> float:
        return round(FULL_SCORE * self.exercises.get(number, Plan()).weight, 2)

    def weighed(self, result: AttemptResult) -> AttemptResult:
        """A result with the exercise's weight, and without the checks that do not count."""
        plan = self.exercises.get(result.exercise, Plan())
        if plan == Plan() or result.max_score == 0:
            return result
        counted = [check for check in result.checks if not _is_one_of(check, plan.not_counted)]
        points = sum(check.max_score for check in counted)
        factor = plan.weight * result.max_score / points if points else 0.0
        scaled = dict(zip(map(id, counted), _scaled(counted, factor), strict=True))
        checks = [scaled[id(check)] if id(check) in scaled else _uncounted(check) for check in result.checks]
        judged = grading.attempt(result.exercise, counted, result.attempt_sha256)
        return msgspec.structs.replace(
            result, checks=checks, verdict=judged.verdict, diagnosis=judged.diagnosis,
            score=round(sum(check.score for check in checks), 2),
            max_score=round(plan.weight * result.max_score, 2),
        )  # fmt: skip

    def absent(self, number: str) -> AttemptResult:
        """The result of what was not handed in: no points."""
        diagnosis = Diagnosis(code=Code.MISSING, sentence="Not handed in.", hint="Hand it in.")
        answer = Answer(verdict=Verdict.FAILED, diagnosis=diagnosis)
        points = self.max_score(number)
        check = grading.check(answer, name=ABSENT, title="It was handed in", max_score=points, seconds=0.0)
        return grading.attempt(number, [check], None)

    def set_by_hand(self, result: AttemptResult, decision: Decided) -> AttemptResult:
        """A result with the points that were decided. What the checks found can still be read, and counts nothing."""
        most = self.max_score(result.exercise)
        is_all = decision.points >= most  # reports give no reason for what passed, so it is in the title
        verdict, title = (Verdict.PASSED, f"Set by hand: {decision.why}") if is_all else (Verdict.FAILED, "Set by hand")
        said = CheckResult(
            verdict=verdict, why=decision.why, id=BY_HAND, title=title, seconds=0.0,
            score=decision.points, max_score=most,
        )  # fmt: skip
        others = [_uncounted(each) for each in result.checks if each.verdict.is_judged and each.id != ABSENT]
        return msgspec.structs.replace(
            result, verdict=verdict, diagnosis=None, score=decision.points, max_score=most, checks=[said, *others]
        )


def _is_about(entry: Extension | Excused, who: str, number: str) -> bool:
    return entry.learner == who and number in (entry.exercises or [number])


def _is_one_of(check: CheckResult, names: Sequence[str]) -> bool:
    return check.id in names or check.id.partition("[")[0] in names


def _uncounted(check: CheckResult) -> CheckResult:
    return msgspec.structs.replace(check, score=0.0, max_score=0.0, title=f"{check.title} (does not count)")


def _scaled(checks: Sequence[CheckResult], factor: float) -> list[CheckResult]:
    """Checks with their points multiplied. Together they have the product, which is rounded once, and not for each."""
    found, points = list[CheckResult](), 0.0
    for check in checks:
        before, points = round(points * factor, 2), points + check.max_score
        most = round(round(points * factor, 2) - before, 2)
        score = most if check.score == check.max_score else min(most, round(check.score * factor, 2))
        found.append(msgspec.structs.replace(check, score=score, max_score=most))
    return found


def of(numbers: Iterable[str], due: datetime | None = None, penalty_per_day: float = 0.0) -> Course:
    """The course if there is no course.toml: these exercises with equal weights."""
    plans = {number: Plan() for number in sorted(numbers)}
    return Course(exercises=plans, due=due, late=Late(penalty_per_day=penalty_per_day))
