"""A report as a sheet: a column for each exercise, a row for each learner. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.model.exercise import ATTEMPT
from checker.model.record import Record
from checker.report.escape import folders
from checker.report.model import Learner, Report, SubmissionResult

NOT_HANDED_IN = "not handed in"
EXCUSED = "excused"
UNDECIDED = "to be decided"
"""No submission is certainly this learner's, but one that could not be matched to anybody may be."""
NOT_GRADED = "not graded yet"
"""Handed in, but without a result yet. Only for people: tables for programs leave the cell blank."""


class Column(Record):
    """An exercise."""

    number: str
    title: str
    """ "03 Pooled downloads" """
    folder: str
    """ "03_pooled_downloads" """
    max_score: float
    attempt: str = ATTEMPT
    """The learner's file in that folder."""

    @property
    def path(self) -> str:
        """The learner's file in a repository."""
        return f"exercises/{self.folder}/{self.attempt}"


class Row(Record):
    """A learner, with or without a submission; or a submission that belongs to nobody on the roster."""

    learner: Learner | None
    submission: SubmissionResult | None
    excused: list[str] = msgspec.field(default_factory=list)
    """Exercises that need not be handed in."""
    undecided: list[str] = msgspec.field(default_factory=list)
    """Exercises for which a submission that could not be matched to anybody may be this learner's."""

    @property
    def name(self) -> str:
        """The learner's name or id; without a learner, the submission's name."""
        if self.learner is not None:
            return self.learner.name or self.learner.id
        return self.submission.submission if self.submission is not None else ""

    def result(self, column: Column) -> AttemptResult | None:
        """None: nothing was graded."""
        return self.submission.result(column.number) if self.submission is not None else None

    def is_excused(self, column: Column) -> bool:
        return column.number in self.excused

    def is_undecided(self, column: Column) -> bool:
        return column.number in self.undecided

    def mark(self, column: Column) -> float | None:
        """The points that count; 0 for work that was not handed in.

        None: there is no mark, as nothing could be judged, or the exercise is excused or undecided.
        """
        if self.submission is None:
            return None if self.is_excused(column) or self.is_undecided(column) else 0.0
        result = self.result(column)
        return self.submission.counted(result) if result is not None and result.verdict.is_judged else None


def columns(report: Report) -> list[Column]:
    """Every exercise that the report lists or has results of, ordered by number."""
    found: dict[str, Column] = {}
    for result in (result for submission in report.submissions for result in submission.exercises):
        number = result.exercise
        # The maximum is 0 for an attempt that the checker could not even start.
        most = max(result.max_score, found[number].max_score if number in found else 0.0)
        found[number] = Column(number=number, title=number, folder=number, max_score=most)
    for info in report.exercises:
        folder = f"{info.number}_{info.slug.replace('-', '_')}"
        found[info.number] = Column(
            number=info.number, title=f"{info.number} {info.title}", folder=folder, attempt=info.attempt,
            max_score=info.max_score,
        )  # fmt: skip
    return [found[number] for number in sorted(found)]


def by_number(report: Report) -> dict[str, Column]:
    return {column.number: column for column in columns(report)}


def rows(report: Report) -> list[Row]:
    """All submissions, then the learners without one: those whose submission is in doubt, and those who have none."""
    handed_in = [
        Row(learner=each.learner, submission=each, excused=each.excused, undecided=each.undecided)
        for each in report.submissions
    ]
    return handed_in + [
        Row(
            learner=each,
            submission=None,
            excused=report.excused.get(each.id, []),
            undecided=report.undecided.get(each.id, []),
        )
        for each in (*report.claimed, *report.missing)
    ]


def roster_fields(report: Report) -> list[str]:
    """The names of the roster's columns, without duplicates."""
    return list(dict.fromkeys(field for row in rows(report) if row.learner is not None for field in row.learner.fields))


def has_roster(report: Report) -> bool:
    """Whether there is a roster. If so, a submission without a learner could not be matched to anybody."""
    people = [each.learner for each in report.submissions if each.learner is not None]
    people += [*report.claimed, *report.missing]
    return bool(report.ambiguous) or any(person.fields for person in people)


def attempts(report: Report) -> Iterator[tuple[SubmissionResult, Column, AttemptResult]]:
    """Every graded attempt, with its submission and exercise."""
    known = by_number(report)
    for submission in report.submissions:
        for result in submission.exercises:
            yield submission, known[result.exercise], result


def files(report: Report, name: str, render: Callable[[SubmissionResult], str]) -> dict[str, str]:
    """A file of this name for each submission; with several submissions, each is in a folder of its own."""
    texts = [render(submission) for submission in report.submissions]
    if len(texts) == 1:
        return {name: texts[0]}
    places = folders(submission.submission for submission in report.submissions)
    return {f"{place}/{name}": text for place, text in zip(places, texts, strict=True)}


def is_absent(result: AttemptResult) -> bool:
    """Nothing was handed in: no text was graded, the checker made no error, and no mark was set by hand."""
    missing = result.diagnosis is not None and result.diagnosis.code is Code.MISSING
    return missing and result.attempt_sha256 is None and result.verdict is Verdict.FAILED


def without_result(submission: SubmissionResult, number: str) -> str:
    """Why a submission has no result for an exercise, in words."""
    if number in submission.excused:
        return EXCUSED
    return UNDECIDED if number in submission.undecided else NOT_GRADED


def word(result: AttemptResult) -> str:
    """The verdict in words."""
    return NOT_HANDED_IN if is_absent(result) else str(result.verdict)
