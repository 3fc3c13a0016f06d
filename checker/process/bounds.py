"""Bounds what an attempt's process says of itself: long texts and lists are cut, impossible numbers raise ValueError.

`checker.attempt` keeps to the same limits; a hostile attempt may send whatever fits into a frame, and that would go on
to reports and gradebooks.
"""

from __future__ import annotations

import sys
from typing import TypeVar

from checker.attempt import aftermath, lines, locks, stacks, wire
from checker.attempt import segments as shared
from checker.model.evidence import Notice, Starts
from checker.model.outcome import ErrorInfo, Frame, Held, LockStep, LockTime, Stack

Number = TypeVar("Number", int, float)

MAX_NUMBER = 2**31
"""Of a lock or a thread: they are counted from 1."""
MAX_SLEEPS = 10**9
MAX_GIL_WAIT_S = 3600.0
MAX_BASES = 50


def text(value: str, most: int) -> str:
    """At most so many characters."""
    return value if len(value) <= most else f"{value[: most - 3]}..."


def error(told: ErrorInfo) -> ErrorInfo:
    return ErrorInfo(
        type=text(told.type, stacks.MAX_NAME), bases=tuple(base[: stacks.MAX_NAME] for base in told.bases[:MAX_BASES]),
        message=text(told.message, wire.MAX_TEXT_IN_ERROR), line=_line(told.line),
    )  # fmt: skip


def notices(told: tuple[Notice, ...]) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            kind=text(notice.kind, stacks.MAX_NAME), text=text(notice.text, aftermath.MAX_TEXT), line=_line(notice.line)
        )
        for notice in told[: aftermath.MAX_NOTICES]
    )  # fmt: skip


def _stack(told: Stack) -> Stack:
    return Stack(
        who=text(told.who, stacks.MAX_NAME),
        frames=tuple(
            Frame(line=_line(frame.line) or 0, function=text(frame.function, stacks.MAX_NAME))
            for frame in told.frames[-stacks.MAX_FRAMES :]
        ),
        inside=text(told.inside, stacks.MAX_INSIDE),
        holds=tuple(Held(lock=_number(held.lock), line=_line(held.line)) for held in told.holds[: stacks.MAX_FRAMES]),
        wants=_number(told.wants) if told.wants is not None else None,
    )


def shown(told: tuple[Stack, ...]) -> tuple[Stack, ...]:
    """The stacks of a process that still runs."""
    return tuple(map(_stack, told[: stacks.MAX_STACKS]))


def left(told: tuple[Stack, ...]) -> tuple[Stack, ...]:
    """The stacks of threads, or of tasks, that outlived the call."""
    return tuple(map(_stack, told[: stacks.MAX_LEFT]))


def lock_steps(told: tuple[LockStep, ...]) -> tuple[LockStep, ...]:
    return tuple(
        LockStep(
            held=_number(step.held), held_line=_line(step.held_line), wanted=_number(step.wanted),
            wanted_line=_line(step.wanted_line), thread=_number(step.thread),
            gates=tuple(map(_number, step.gates[: locks.MAX_GATES])),
        )
        for step in told[: locks.MAX_STEPS]
    )  # fmt: skip


def lock_times(told: tuple[LockTime, ...]) -> tuple[LockTime, ...]:
    return tuple(
        LockTime(
            lock=_number(each.lock), who=text(each.who, stacks.MAX_NAME), line=_line(each.line),
            wanted_s=_time_s(each.wanted_s), taken_s=_time_s(each.taken_s),
            free_s=None if each.free_s is None else _time_s(each.free_s),
        )
        for each in told[: locks.MAX_TIMES]
    )  # fmt: skip


def segments(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text(name, shared.MAX_NAME) for name in told[: shared.MAX_SEGMENTS])


def ran(told: tuple[int, ...]) -> tuple[int, ...]:
    """Numbers of lines."""
    return tuple(_between(line, stacks.MAX_LINE) for line in told[: lines.MAX_LINES])


def sleeps(told: int | None) -> int | None:
    return None if told is None else _between(told, MAX_SLEEPS)


def starts(told: Starts) -> Starts:
    return Starts(
        threads=_number(told.threads), library_threads=_number(told.library_threads),
        processes=_number(told.processes), interpreters=told.interpreters,
    )  # fmt: skip


def gil_wait_s(told: float | None) -> float | None:
    return None if told is None else _between(told, MAX_GIL_WAIT_S)


def _line(told: int | None) -> int | None:
    """A line of the learner's file. An impossible one is dropped: the code of a compiled module may have any."""
    return told if told is not None and 0 <= told <= stacks.MAX_LINE else None


def _number(told: int) -> int:
    return _between(told, MAX_NUMBER)


def _time_s(told: float) -> float:
    return _between(told, sys.float_info.max)


def _between(told: Number, most: Number) -> Number:
    """Raises ValueError for other numbers, and for NaN."""
    if not 0 <= told <= most:
        raise ValueError("a number that cannot be")
    return told
