"""`checker regrade`: an appeal. One attempt is graded alone, three times; all results are kept, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import common, entering

if TYPE_CHECKING:
    from checker.classroom.jobs import Job
    from checker.gradebook.gradebook import Gradebook
    from checker.model.answer import AttemptResult

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
    from checker.classroom import jobs

    course = entering.course(course_file)
    with common.gradebook(book_file) as book:
        programs = entering.programs(book, course, python)
        exercise = common.one(common.exercises(programs.further), number).number
        submission, key = _find(book, learner, exercise)
        book.appeal(submission, exercise, key, why)
        results = _grade(jobs.job(key, exercise, book.text(key), programs))
        for result in _middle_last(results):
            book.add(key, result)
        for when, past in book.history(key):
            click.echo(f"{when}  {past.verdict}  {past.score:g} of {past.max_score:g}")
    counts = _middle_last(results)[-1]
    told = f"{submission} {exercise}: {counts.verdict}, {counts.score:g} of {counts.max_score:g} points"
    click.echo(f"{told} count from now on.")
    context.exit(common.exit_code([counts.verdict]))


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
        except BaseException:  # Ctrl-C, too
            machine.kill()
            raise
        finally:
            machine.close()


def _middle_last(results: list[AttemptResult]) -> list[AttemptResult]:
    """The last one counts: that in the middle, so that neither good nor bad luck does."""
    ranked = sorted(results, key=lambda result: result.score)
    middle = len(ranked) // 2
    return [*ranked[:middle], *ranked[middle + 1 :], ranked[middle]]
