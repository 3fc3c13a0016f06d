"""`checker regrade`, for appeals: grade one attempt three times, alone. All results and the reason are kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import common, entering, kept_course
from checker.model.answer import Verdict

if TYPE_CHECKING:
    from checker.classroom.jobs import Job
    from checker.gradebook.gradebook import Gradebook
    from checker.model.answer import AttemptResult
    from checker.report.model import Report

    Weighed = Callable[[AttemptResult], AttemptResult]
    """Applies the course's weights and choice of checks to a result."""

TIMES = 3


@click.command()
@click.argument("book_file", metavar="GRADEBOOK", type=common.A_FILE)
@click.argument("learner", metavar="LEARNER")
@click.argument("number", metavar="NN")
@common.PYTHON
@click.option(
    "--course", "course_file", metavar="FILE", type=common.A_FILE,
    help="The course of this class, where it has exercises of its own or names a Python.",
)  # fmt: skip
@click.option(
    "--why", required=True, help="The reason, which the gradebook keeps, and `export --format history` shows."
)
@click.pass_context
def regrade(
    context: click.Context,
    book_file: Path,
    learner: str,
    number: str,
    why: str,
    python: str | None,
    course_file: Path | None,
) -> None:
    """Grade LEARNER's attempt at exercise NN again: alone, three times. The result in the middle counts from now on.

    LEARNER is an id of the roster, or else what the submission is called. Identical attempts of others get the same
    result. If the class was graded with --python, or with a course that has exercises of its own, say so here, too.
    """
    from checker.classroom import classwork, jobs

    course = entering.course(course_file)
    with common.gradebook(book_file) as book:
        for sentence in kept_course.told(book, course, course_file):
            click.echo(f"{sentence}.", err=True)
        programs = entering.programs(book, course, python)
        exercise = common.one(common.exercises(programs.further), number).number
        submission, before = _find(book, learner, exercise)
        job = jobs.job(exercise, book.attempt(book.digests()[before]), programs)
        weighed = classwork.course_of(book).weighed
        results = _middle_last(_grade(job), weighed)
        with book.writing():  # the appeal and its results: both or, after Ctrl-C, neither
            book.move(before, job.key)
            book.appeal(submission, exercise, job.key, why)
            for result in results:
                book.add(job.key, result)
        for when, past in chain.from_iterable(map(book.history, dict.fromkeys([before, job.key]))):
            click.echo(f"{when}  {_points(weighed(past))}")
        click.echo(f"{submission} {exercise}: {_counted(classwork.report(book), submission, learner, exercise)}.")
    context.exit(common.exit_code([weighed(results[-1]).verdict]))


def _find(book: Gradebook, learner: str, exercise: str) -> tuple[str, str]:
    """The submission, and the key of its attempt. Raises UsageError."""
    from checker.classroom import classwork

    submissions = book.submissions()
    matches = classwork.matches(book, submissions)
    named = [each.name for each in submissions if each.name == learner]
    known = [name for name, people in matches.learners.items() if learner in {person.id for person in people}]
    handed_in = [(name, key) for name, number, key in book.read_handins() if number == exercise]
    found = [(name, key) for name, key in handed_in if name in (known or named)]
    if not found:
        raise click.UsageError(f"nothing is known that {learner!r} has handed in for exercise {exercise}")
    return found[0]


def _grade(job: Job) -> list[AttemptResult]:
    from checker.classroom import schedule
    from checker.process import scratch

    with scratch.own():
        machine = schedule.Here(1, 1)
        try:
            return [machine.submit(job, "whole", alone=True).result() for _ in range(TIMES)]
        except BaseException:  # also Ctrl-C
            machine.kill()
            raise
        finally:
            machine.close()


def _middle_last(results: list[AttemptResult], weighed: Weighed) -> list[AttemptResult]:
    """The results with the median last, as the last one counts: neither good nor bad luck decides.

    They are ordered by their weighted results. One that could not be judged is between failed and passed ones.
    """
    marks = [weighed(each) for each in results]
    ranked = sorted(range(len(results)), key=lambda at: (_rank(marks[at].verdict), marks[at].score))
    middle = ranked.pop(len(ranked) // 2)
    return [results[at] for at in (*ranked, middle)]


def _rank(verdict: Verdict) -> int:
    return {Verdict.FAILED: 0, Verdict.PASSED: 2}.get(verdict, 1)


def _counted(report: Report, submission: str, learner: str, exercise: str) -> str:
    """What counts from now on, in words."""
    from checker.classroom.course import BY_HAND
    from checker.report import sheet

    rows = [row for row in sheet.rows(report) if row.submission and row.submission.called(exercise) == submission]
    theirs = [row for row in rows if row.learner is not None and row.learner.id == learner]
    row, column = next(iter([*theirs, *rows]), None), sheet.by_number(report).get(exercise)
    result = row.result(column) if row is not None and column is not None else None
    if row is None or column is None or result is None:
        return "it counts for nothing, as it is excused, or not in the course"
    mark = row.mark(column)
    if mark is None:
        return f"{result.verdict}, so no points are given: grade it again, on a quiet machine"
    of_all = f"{mark:g} of {result.max_score:g} points"
    if any(check.id == BY_HAND for check in result.checks):
        return f"{of_all} count, as before: they were set by hand ([[decided]] in the course), whatever checks say"
    return f"{result.verdict}, {of_all} count from now on"


def _points(result: AttemptResult) -> str:
    return f"{result.verdict}  {result.score:g} of {result.max_score:g}"
