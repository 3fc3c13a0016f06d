"""The screen of `checker watch`, fitted to its terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.judge import grading
from checker.model.answer import CheckResult, Verdict
from checker.model.exercise import Exercise
from checker.model.record import Record
from checker.picture import as_text
from checker.progress import rules
from checker.report import terminal
from checker.report.terminal import COLOURS, MARKS, StyledLine

KEYS = "n next  h hint  r run  l list  e explain  s solution  q quit"
MORE = "... more: space"
LEAST_PICTURE = 4
"""Lines of a picture that are shown at least; with less room it is left out."""


class Watched(Record):
    """What the screen shows."""

    exercise: Exercise
    passed: int
    """The number of passed exercises, of `total`."""
    total: int
    checks: list[CheckResult]
    """The results of this run so far."""
    running: bool
    trouble: str = ""
    """pytest's output, if it could not run the checks."""


def render(watched: Watched, page: Sequence[StyledLine], height: int, columns: int) -> list[StyledLine]:
    """At most `height` lines. `page`: shown in place of the checks, such as a hint."""
    top, bottom = _top(watched, columns), _bottom(columns)
    room = max(0, height - len(top) - len(bottom))
    middle = list(page) or _middle(watched, room, columns)
    if len(middle) > room:
        middle = [*middle[: max(0, room - 1)], StyledLine(MORE if page else "...", {"yellow": True})][:room]
    return [*top, *middle, *bottom][-height:]


def turned(watched: Watched, page: Sequence[StyledLine], height: int, columns: int) -> list[StyledLine]:
    """The part of the page after its first screen; empty at the end."""
    return list(page)[max(1, height - len(_top(watched, columns)) - len(_bottom(columns)) - 1) :]


def _top(watched: Watched, columns: int) -> list[StyledLine]:
    return list(terminal.fitted(_head(watched), columns))


def _bottom(columns: int) -> list[StyledLine]:
    return list(terminal.fitted([StyledLine(), StyledLine(KEYS, {"cyan": True})], columns))


def _middle(watched: Watched, room: int, columns: int) -> list[StyledLine]:
    rows = list(terminal.fitted(map(_row, watched.checks), columns))
    return [*rows, StyledLine(), *_details(watched, room - len(rows) - 1, columns)]


def _head(watched: Watched) -> list[StyledLine]:
    exercise = watched.exercise
    colour = {COLOURS[_overall(watched.checks)]: True} if watched.checks and not watched.running else {}
    return [
        StyledLine(
            f"{exercise.number} {exercise.title}: {_state(watched)}   {watched.passed} of {watched.total} exercises",
            {"bold": True, **colour},
        ),
        StyledLine(f"exercises/{exercise.folder.name}/{exercise.attempt}"),
        StyledLine(),
    ]


def _state(watched: Watched) -> str:
    if watched.running:
        return "running"
    if not watched.checks:
        return "could not be run" if watched.trouble else "waiting for a save"
    passed = sum(check.verdict is Verdict.PASSED for check in watched.checks)
    return f"{passed} of {len(watched.checks)} checks passed"


def has_passed(watched: Watched) -> bool:
    """Whether a run has ended in which all checks of the exercise were passed: none is missing."""
    return not watched.running and rules.is_complete_pass(watched.checks)


def _overall(checks: Sequence[CheckResult]) -> Verdict:
    return grading.overall([check.verdict for check in checks])


def _row(check: CheckResult) -> StyledLine:
    return StyledLine(f"{MARKS[check.verdict]} {check.title}", {COLOURS[check.verdict]: True})


def _details(watched: Watched, room: int, columns: int) -> list[StyledLine]:
    """The first check with the overall verdict, with as much of its picture as fits; after a pass, the race's bar."""
    overall = _overall(watched.checks)
    first = next((check for check in watched.checks if check.verdict is overall is not Verdict.PASSED), None)
    if first is None:
        return list(terminal.fitted(_without_failure(watched, columns), columns))
    words = list(terminal.fitted(terminal.check(msgspec.structs.replace(first, picture=None), columns), columns))
    drawn = as_text.render(first.picture, columns - len(terminal.INDENT)).splitlines()
    left = room - len(words) - 1
    if len(drawn) > left:
        drawn = [*drawn[: left - 1], "..."] if left >= LEAST_PICTURE else []
    return [words[0], *(StyledLine(f"  {line}") for line in drawn), *words[1:]]


def _without_failure(watched: Watched, columns: int) -> Iterator[StyledLine]:
    if watched.trouble:
        yield from (StyledLine(line) for line in watched.trouble.splitlines()[-5:])
    raced = next((check.speed for check in watched.checks if check.speed is not None), None)
    if raced is not None:
        yield StyledLine(terminal.bar(raced, columns))
    if has_passed(watched):
        yield StyledLine("Passed. Press n for the next exercise, s to compare with a solution.", {"green": True})
