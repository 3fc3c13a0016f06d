"""A step of GitHub Actions, for `checker grade --github`: what is printed is no command, and what the step tells."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.classroom.course import Course
    from checker.report.model import Report

FILES = ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")
"""Variables with which GitHub Actions tells each step where to write."""


@contextmanager
def without_commands(context: click.Context, on_github: bool) -> Iterator[list[str]]:
    """What is printed meanwhile has texts of learners in it: on GitHub, no line of it is a command to the runner.

    Gives a list for our own commands, which are printed afterwards. All goes to standard output, errors too, since the
    runner reads the two streams apart. After a crash no commands are read: Python's words for it come later.
    """
    from checker.report import github

    commands: list[str] = []
    if not on_github:
        yield commands
        return
    before, after = github.without_commands(secrets.token_hex())
    click.echo(before)
    code = None
    with redirect_stderr(sys.stdout):
        try:
            yield commands
        except click.ClickException as error:
            if isinstance(error, click.UsageError):
                error.ctx = error.ctx or context
            error.show()
            code = error.exit_code
    click.echo("\n".join([after, *commands]))
    if code is not None:
        context.exit(code)


def failed(counts: Course, why: str) -> list[str]:
    """Nothing was graded: the learner reads why, and has none of the points. Gives the commands that say so."""
    from checker.report import escape, github

    most = sum(counts.max_score(number) for number in counts.numbers)
    _append(escape.fenced(why), github.failure(why, most))
    return [f"::error::{escape.command_message(escape.plain(why))}"]


def graded(report: Report) -> list[str]:
    """A summary and outputs of the step; gives its annotations."""
    from checker.report import github

    _append(github.summary(report), github.results(report))
    return github.annotate(report)


def _append(summary: str, outputs: Mapping[str, str]) -> None:
    """To the files that GitHub Actions reads when the step has ended."""
    lines = "".join(f"{name}={value}\n" for name, value in outputs.items())
    for name, text in zip(FILES, (summary, lines), strict=True):
        with Path(os.environ[name]).open("a", encoding="utf-8") as file:
            file.write(text)
