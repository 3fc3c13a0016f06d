"""Trace files in the Trace Event Format (JSON), for Perfetto, chrome://tracing and Speedscope. Pure.

Each check is a process there, each lane a thread: first those of sync, then those of the attempt, and all runs begin at
0. (A process for each run would do, but Perfetto puts processes into an order of its own.) The format:
https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from checker.model.picture import Lane, LaneGroup, Piece, PieceKind, Scene
from checker.report import escape
from checker.report.terminal import printable

FIRST_LANE = 1001
"""Lanes are numbered from here on through all checks: with the number of a check, one would be its main thread."""
DIGITS = 3
"""Times are microseconds, to the nanosecond."""
COLOURS = {PieceKind.FAILED: "terrible", PieceKind.CANCELLED: "grey", PieceKind.UNANSWERED: "bad"}
"""Names that chrome://tracing knows; the others choose a colour by the event's name."""


def render(checks: Sequence[tuple[str, Sequence[Scene]]]) -> str:
    """The titles of checks, each with its runs, in this order from above."""
    lanes = count(FIRST_LANE)
    events = [event for number, (title, runs) in enumerate(checks, 1) for event in _check(number, title, runs, lanes)]
    document = {"traceEvents": events, "displayTimeUnit": "ms"}
    return escape.document(document, indent=1)


def _check(number: int, title: str, runs: Sequence[Scene], lanes: Iterator[int]) -> Iterator[dict[str, Any]]:
    yield _named("process_name", {"name": printable(title)}, number)
    yield _named("process_sort_index", {"sort_index": number}, number)
    seen: Counter[str] = Counter()
    for scene in runs:
        seen[scene.who] += 1
        who = scene.who if seen[scene.who] == 1 else f"{scene.who}, call {seen[scene.who]}"
        for group in scene.groups:
            for lane in group.lanes:
                yield from _lane(f"{who}: {group.title}: {printable(lane.label)}", group, lane, number, next(lanes))


def _lane(name: str, group: LaneGroup, lane: Lane, check: int, number: int) -> Iterator[dict[str, Any]]:
    yield _named("thread_name", {"name": name}, check, number)
    yield _named("thread_sort_index", {"sort_index": number}, check, number)
    for piece in lane.pieces:
        yield _event(group, lane, piece) | {"pid": check, "tid": number}


def _event(group: LaneGroup, lane: Lane, piece: Piece) -> dict[str, Any]:
    event: dict[str, Any] = {
        "name": printable(piece.label or (lane.label if group.title == "operations" else piece.kind)),
        "cat": group.title,
        "ts": _us(piece.start_s),
        "args": {"what": piece.kind} | ({"wrong": printable(lane.mark)} if lane.mark else {}),
    }
    if piece.end_s <= piece.start_s:
        return event | {"ph": "i", "s": "t"}
    colour = {"cname": COLOURS[piece.kind]} if piece.kind in COLOURS else {}
    return event | {"ph": "X", "dur": round(_us(piece.end_s) - _us(piece.start_s), DIGITS)} | colour


def _named(what: str, args: dict[str, Any], check: int, lane: int = 0) -> dict[str, Any]:
    return {"name": what, "ph": "M", "ts": 0, "pid": check, "tid": lane, "args": args}


def _us(seconds: float) -> float:
    return round(seconds * 1e6, DIGITS)
