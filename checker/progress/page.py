"""A learner's progress as lines of text: the list, what is next, a history. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from checker.model.exercise import Exercise
from checker.progress.rules import Standing, State, Try
from checker.report.terminal import COLOURS, MARKS, StyledLine

NARROW = 60
"""On terminals with fewer columns, a line shows only the exercise's name."""
BAR = 30
SIGNS = {State.PASSED: "✓", State.IN_PROGRESS: "~", State.UNTOUCHED: " ", State.MISSING: "!"}
HUES = {State.PASSED: "green", State.IN_PROGRESS: "yellow", State.UNTOUCHED: "", State.MISSING: "red"}


def overview(
    exercises: Sequence[Exercise],
    standings: Sequence[Standing],
    following: Exercise | None,
    tries: Mapping[str, Sequence[Try]],
    width: int,
) -> Iterator[StyledLine]:
    """The progress bar, a line for each exercise, and the next exercise, or a summary once all are passed."""
    passed = sum(each.state is State.PASSED for each in standings)
    cells = min(BAR, width - 20)
    filled = cells * passed // max(1, len(exercises))
    yield StyledLine(
        f"{'█' * filled}{'·' * (cells - filled)} {passed} of {len(exercises)} passed", {"green": True, "bold": True}
    )
    yield StyledLine()
    for exercise, each in zip(exercises, standings, strict=True):
        yield _row(exercise, each, exercise is following, width)
    yield StyledLine()
    yield from do_next(following, width) if following is not None else the_end(exercises, standings, tries)


def _row(exercise: Exercise, each: Standing, is_next: bool, width: int) -> StyledLine:
    start = f"{'>' if is_next else ' '} {exercise.number} {SIGNS[each.state]} {exercise.title}"
    text = f"{start:<34}{_standing(exercise, each)}" if width >= NARROW else start
    colour = HUES[each.state]
    return StyledLine(_cut(text, width), ({colour: True} if colour else {}) | ({"bold": True} if is_next else {}))


def _standing(exercise: Exercise, each: Standing) -> str:
    if each.state is State.PASSED:
        speed = f"{each.best:.1f}x of {exercise.limit:g}x" if each.best is not None else "passed"
        return speed + (", changed since" if each.changed else "")
    if each.state is State.MISSING:
        return f"no {exercise.attempt}: checker reset {exercise.number}"
    runs = f"{each.tries} run{'s' if each.tries != 1 else ''}"
    return f"{each.state}, {runs}" if each.tries else f"{exercise.minutes} minutes"


def do_next(exercise: Exercise, width: int) -> Iterator[StyledLine]:
    """The exercise to do now: its task, files and command."""
    yield StyledLine(_cut(f"Next: {exercise.number} {exercise.title}", width), {"bold": True})
    yield StyledLine(_cut(f"  {exercise.summary}", width))
    yield StyledLine(f"  read    {_place(exercise, 'README.md')}")
    yield StyledLine(f"  change  {_place(exercise, exercise.attempt)}")
    yield StyledLine(f"  check   pytest exercises/{exercise.number}")


def _place(exercise: Exercise, name: str) -> str:
    return f"exercises/{exercise.folder.name}/{name}"


def the_end(
    exercises: Sequence[Exercise], standings: Sequence[Standing], tries: Mapping[str, Sequence[Try]]
) -> Iterator[StyledLine]:
    """The summary for a learner who has passed all exercises."""
    every = [each for found in tries.values() for each in found]
    yield StyledLine(f"You have passed all {len(exercises)} exercises.", {"green": True, "bold": True})
    yield StyledLine(f"  They took you {len(every)} runs, over {_days(every)}.")
    hardest = max(standings, key=lambda each: each.tries)
    titles = {each.number: each.title for each in exercises}
    yield StyledLine(f"  The longest way: {titles[hardest.number]}, {hardest.tries} runs, and you got there.")
    both = zip(exercises, standings, strict=True)
    shares = {one.number: each.best / one.limit for one, each in both if each.best is not None}
    if shares:
        nearest = max(shares, key=lambda number: shares[number])
        yield StyledLine(f"  Nearest to what is possible: {titles[nearest]}, {shares[nearest]:.0%} of it.")
    yield StyledLine("  What you can do now, few can: say why a program is fast, and show it.")


def _days(tries: Sequence[Try]) -> str:
    days = {each.at.date() for each in tries}
    return f"{len(days)} day{'s' if len(days) != 1 else ''}"


def history(exercise: Exercise, tries: Sequence[Try], width: int) -> Iterator[StyledLine]:
    """A line for each run: verdict, time, speed-up as a bar up to the limit, checks passed, diagnosis."""
    yield StyledLine(
        f"{exercise.number} {exercise.title}: goal {exercise.goal:g}x, possible {exercise.limit:g}x", {"bold": True}
    )
    cells = max(4, min(BAR, width - 46))
    for each in tries:
        outcome = each.outcome
        checks = f"{outcome.passed} of {len(outcome.checks)} checks"
        code = f" {outcome.diagnosis.code}" if outcome.diagnosis is not None else ""
        speed = f"{outcome.speed.speedup:>5.1f}x " if outcome.speed is not None else " " * 7
        plot = f"{_plot(each, exercise, cells)} " if width >= NARROW else ""
        line = f"{MARKS[outcome.verdict]} {_when(each.at)} {plot}{speed}{checks}{code}"
        yield StyledLine(_cut(line, width), {COLOURS[outcome.verdict]: True})


def _plot(each: Try, exercise: Exercise, cells: int) -> str:
    speed = each.outcome.speed
    filled = min(cells, round(cells * speed.speedup / exercise.limit)) if speed is not None else 0
    row = ["█"] * filled + ["·"] * (cells - filled)
    row[min(cells - 1, round(cells * exercise.goal / exercise.limit))] = "┃"
    return "".join(row)


def _when(at: datetime) -> str:
    """In the learner's own time zone."""
    return at.astimezone().strftime("%m-%d %H:%M")


def hint(exercise: Exercise, number: int) -> Iterator[StyledLine]:
    """One hint, and how to get the next one. `number`: counted from 1."""
    yield StyledLine(f"Hint {number} of {len(exercise.hints)} for {exercise.number} {exercise.title}", {"bold": True})
    yield from (StyledLine(f"  {line}".rstrip()) for line in exercise.hints[number - 1].strip().splitlines())
    if number == len(exercise.hints):
        yield StyledLine("That was the last one; the next time they begin again.")
    else:
        yield StyledLine(f"One more: checker hint {exercise.number}")


def _cut(text: str, width: int) -> str:
    return (text if len(text) <= width else text[: max(1, width - 1)] + "…").rstrip()
