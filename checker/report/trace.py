"""Trace files in the Trace Event Format (JSON), for Perfetto, chrome://tracing and Speedscope. Pure.

Each check is shown as a process, each lane as a thread: sync's lanes first, then the attempt's. All runs start at 0.
(One process per run would be simpler, but Perfetto orders processes in its own way.) The format:
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
"""Lanes of all checks are numbered from here: a lane with the number of its check would be the main thread."""
DIGITS = 3
"""Times are in microseconds, rounded to nanoseconds."""
COLOURS = {PieceKind.FAILED: "terrible", PieceKind.CANCELLED: "grey", PieceKind.UNANSWERED: "bad"}
"""Names of colours in chrome://tracing; the other viewers choose a colour by the event's name."""


def render(checks: Sequence[tuple[str, Sequence[Scene]]]) -> str:
    """`checks`: the title of each check with its runs, from top to bottom."""
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
