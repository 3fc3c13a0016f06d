"""What the grader keeps of what an attempt's process says about itself: texts are cut, lists and numbers are bounded.

The honest sender keeps to the same limits; a hostile one may send whatever fits into a frame, and that would go
on to reports and gradebooks. Who sends too much loses what is too much; a number that cannot be is a ValueError.
"""

from __future__ import annotations

import math

from checker.attempt import aftermath, lines, locks, stacks, wire
from checker.attempt import segments as shared
from checker.model.evidence import Notice, Starts
from checker.model.outcome import ErrorInfo, Held, LockStep, LockTime, Stack

MAX_NUMBER = 2**31
"""Of a lock or a thread: they are counted from 1."""
MAX_SLEEPS = 10**9
MAX_GIL_WAIT_S = 3600.0


def text(value: str, most: int) -> str:
    """At most so many characters."""
    return value if len(value) <= most else f"{value[: most - 3]}..."


def error(told: ErrorInfo) -> ErrorInfo:
    return ErrorInfo(
        type=text(told.type, stacks.MAX_NAME), bases=tuple(base[: stacks.MAX_NAME] for base in told.bases[:MAX_BASES]),
        message=text(told.message, wire.MAX_TEXT_IN_ERROR), line=_line(told.line),
    )  # fmt: skip


MAX_BASES = 50


def notices(told: tuple[Notice, ...]) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            kind=text(notice.kind, stacks.MAX_NAME), text=text(notice.text, aftermath.MAX_TEXT), line=_line(notice.line)
        )
        for notice in told[: aftermath.MAX_NOTICES]
    )  # fmt: skip


def stack(told: Stack) -> Stack:
    """Raises ValueError for locks that cannot be."""
    return Stack(
        who=text(told.who, stacks.MAX_NAME),
        frames=tuple(
            type(frame)(line=_line(frame.line) or 0, function=text(frame.function, stacks.MAX_NAME))
            for frame in told.frames[-stacks.MAX_FRAMES :]
        ),
        inside=text(told.inside, stacks.MAX_INSIDE),
        holds=tuple(Held(lock=_number(held.lock), line=_line(held.line)) for held in told.holds[: stacks.MAX_FRAMES]),
        wants=_number(told.wants) if told.wants is not None else None,
    )


def shown(told: list[Stack]) -> list[Stack]:
    """Where it stands. Raises ValueError."""
    return list(map(stack, told[: stacks.MAX_STACKS]))


def left(told: tuple[Stack, ...]) -> tuple[Stack, ...]:
    """Raises ValueError."""
    return tuple(map(stack, told[: stacks.MAX_LEFT]))


def lock_steps(told: tuple[LockStep, ...]) -> tuple[LockStep, ...]:
    """Raises ValueError."""
    return tuple(
        LockStep(
            held=_number(step.held), held_line=_line(step.held_line), wanted=_number(step.wanted),
            wanted_line=_line(step.wanted_line), thread=_number(step.thread),
            gates=tuple(map(_number, step.gates[: locks.MAX_GATES])),
        )
        for step in told[: locks.MAX_STEPS]
    )  # fmt: skip


def lock_times(told: tuple[LockTime, ...]) -> tuple[LockTime, ...]:
    """Raises ValueError."""
    return tuple(
        LockTime(
            lock=_between(each.lock, MAX_NUMBER), who=text(each.who, stacks.MAX_NAME), line=_line(each.line),
            wanted_s=_moment(each.wanted_s), taken_s=_moment(each.taken_s),
            free_s=None if each.free_s is None else _moment(each.free_s),
        )
        for each in told[: locks.MAX_TIMES]
    )  # fmt: skip


def _moment(told_s: float) -> float:
    if not (math.isfinite(told_s) and told_s >= 0):
        raise ValueError("a time that cannot be")
    return told_s


def segments(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text(name, shared.MAX_NAME) for name in told[: shared.MAX_SEGMENTS])


def ran(told: tuple[int, ...]) -> tuple[int, ...]:
    """Numbers of lines. Raises ValueError."""
    return tuple(_between(line, stacks.MAX_LINE) for line in told[: lines.MAX_LINES])


def sleeps(told: int | None) -> int | None:
    """Raises ValueError."""
    return None if told is None else _between(told, MAX_SLEEPS)


def starts(told: Starts) -> Starts:
    """Raises ValueError."""
    return Starts(
        threads=_number(told.threads), library_threads=_number(told.library_threads),
        processes=_number(told.processes), interpreters=told.interpreters,
    )  # fmt: skip


def gil_wait_s(told: float | None) -> float | None:
    """Raises ValueError."""
    if told is not None and not (math.isfinite(told) and 0 <= told <= MAX_GIL_WAIT_S):
        raise ValueError("a time that cannot be")
    return told


def _line(told: int | None) -> int | None:
    """Of the learner's file; an odd one is none, because a compiled module may say anything."""
    return told if told is not None and 0 <= told <= stacks.MAX_LINE else None


def _number(told: int) -> int:
    return _between(told, MAX_NUMBER)


def _between(told: int, most: int) -> int:
    if not 0 <= told <= most:
        raise ValueError("a number that cannot be")
    return told
