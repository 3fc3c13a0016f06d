"""A step of GitHub Actions, for `checker grade --github`: its summary, outputs and annotations."""

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
"""Variables that name the files in which GitHub Actions expects a step's summary and outputs."""


@contextmanager
def without_commands(context: click.Context, on_github: bool) -> Iterator[list[str]]:
    """On GitHub, keep the runner from reading commands in what is printed meanwhile, as it contains learners' texts.

    Yields a list for our own commands, which are printed afterwards. Errors go to standard output too, since the runner
    reads the two streams independently. After a crash commands stay off, as Python prints its traceback later.
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
    """Write summary and outputs for a submission that could not be graded: why, and no points. Returns commands."""
    from checker.report import escape, github

    most = sum(counts.max_score(number) for number in counts.numbers)
    _append(escape.fenced(why), github.failure(why, most))
    return [f"::error::{escape.command_message(escape.plain(why))}"]


def graded(report: Report) -> list[str]:
    """Write the step's summary and outputs. Returns its annotations."""
    from checker.report import github

    _append(github.summary(report), github.results(report))
    return github.annotate(report)


def _append(summary: str, outputs: Mapping[str, str]) -> None:
    """Append to the files that GitHub Actions reads after the step."""
    lines = "".join(f"{name}={value}\n" for name, value in outputs.items())
    for name, text in zip(FILES, (summary, lines), strict=True):
        with Path(os.environ[name]).open("a", encoding="utf-8") as file:
            file.write(text)
