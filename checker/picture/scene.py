"""A run with all lanes that there are: operations, who asked for them, the event loop, processes, locks. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from checker.model.evidence import Run
from checker.model.outcome import Hung, LockTime, Stack
from checker.model.picture import Lane, LaneGroup, Piece, PieceKind, Scene
from checker.picture import drawing

STILL_S = 0.05
"""A pause of the event loop that is shown. The grader asks every 5 to 15 ms whether it comes round."""

WAITED_S = 0.001
"""A wait for a lock that is shown: to take a free one takes a microsecond."""
HELD_UP = "stood still, perhaps held up by other programs"


def of(run: Run, who: str) -> Scene:
    """`who`: "sync" or "attempt". Groups without a lane are left out."""
    operations = drawing.of_operations(run)
    groups = {
        "operations": operations,
        "threads and tasks": list(_callers(run, operations)),
        "event loop": list(_loop(run)),
        "processes": drawing.of_processes(run),
        "locks": list(_locks(run)),
    }
    shown = tuple(LaneGroup(title=title, lanes=tuple(lanes)) for title, lanes in groups.items() if lanes)
    return Scene(who=who, length_s=drawing.length_s(run), groups=shown, picture=drawing.of(run))


def _callers(run: Run, operations: list[Lane]) -> Iterator[Lane]:
    """Who waited for which operation, and when. Who waited for several at once has further lanes."""
    pieces: dict[str, list[Piece]] = defaultdict(list)
    for span, lane in zip(run.spans, operations, strict=True):
        if span.caller:
            pieces[span.caller].append(msgspec.structs.replace(lane.pieces[0], label=lane.label))
    yield from _lanes(pieces)


def _lanes(pieces: dict[str, list[Piece]]) -> Iterator[Lane]:
    """One lane for each key; further ones for pieces that overlap."""
    for who, found in pieces.items():
        for number, apart in enumerate(_apart(found), 1):
            yield Lane(label=who if number == 1 else f"{who} ({number})", pieces=tuple(apart))


def _apart(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces in as few rows as possible, so that none overlaps another in its row."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.start_s):
        row = next((row for row in rows if row[-1].end_s <= piece.start_s), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return rows


def _loop(run: Run) -> Iterator[Lane]:
    """When the event loop did not come round."""
    if not run.beats:
        return
    pieces = [
        Piece(
            kind=PieceKind.STILL, start_s=before - run.started_s, end_s=after - run.started_s,
            label=HELD_UP if after - before <= run.delayed_s else "",
        )
        for before, after in pairwise([run.started_s, *run.beats_s, run.end_s])
        if after - before > STILL_S
    ]  # fmt: skip
    yield Lane(label="event loop", pieces=tuple(pieces))


def _locks(run: Run) -> Iterator[Lane]:
    """Which thread held or waited for which lock. Of a call that hung, only its end is known."""
    pieces: dict[str, list[Piece]] = defaultdict(list)
    for each in run.lock_times:
        pieces[f"thread {each.who}"] += _lock_time(each, run)
    yield from _lanes(pieces)
    if isinstance(run.outcome, Hung):
        for stack in run.outcome.stacks:
            if stack.holds or stack.wants is not None:
                yield Lane(label=stack.who, pieces=tuple(_locks_of(stack, run.wall_s)))


def _lock_time(each: LockTime, run: Run) -> Iterator[Piece]:
    """Within the run, whatever the attempt's process says."""
    end_s = run.end_s if each.free_s is None else each.free_s
    moments = (each.wanted_s, each.taken_s, end_s)
    wanted_s, taken_s, free_s = sorted(min(max(moment - run.started_s, 0.0), run.wall_s) for moment in moments)
    line = f" in line {each.line}" if each.line is not None else ""
    if taken_s - wanted_s > WAITED_S:
        yield Piece(kind=PieceKind.WANTED, start_s=wanted_s, end_s=taken_s, label=f"waited for lock {each.lock}{line}")
    taken = f", taken{line}" if line else ""
    yield Piece(kind=PieceKind.HELD, start_s=taken_s, end_s=free_s, label=f"held lock {each.lock}{taken}")


def _locks_of(stack: Stack, at_s: float) -> Iterator[Piece]:
    for held in stack.holds:
        taken = f", taken in line {held.line}" if held.line is not None else ""
        yield Piece(kind=PieceKind.HELD, start_s=at_s, end_s=at_s, label=f"holds lock {held.lock}{taken}")
    if stack.wants is not None:
        line = f" in line {stack.frames[-1].line}" if stack.frames else ""
        yield Piece(kind=PieceKind.WANTED, start_s=at_s, end_s=at_s, label=f"waits for lock {stack.wants}{line}")
