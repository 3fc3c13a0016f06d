"""From a run to its picture: one lane per operation or process. Pure."""

from __future__ import annotations

from itertools import groupby

import msgspec

from checker.model.evidence import ProcessUse, Run, Span
from checker.model.outcome import Unusable
from checker.model.picture import Lane, Picture, Piece, PieceKind

CELLS = 60
"""Parts of a run in which the accounting of a process is summed up: as many as a terminal shows columns."""
MAX_LANES = 23
HIDDEN_SHARE = 0.02
"""A process with less of the CPU time than this did nothing: helpers of the standard library, an idle parent."""
IDLE_SHARE = 0.2
"""A cell in which a process used or wanted a core for less than this is empty."""

KINDS = {
    "answered": PieceKind.IN_FLIGHT,
    "failed": PieceKind.FAILED,
    "dropped": PieceKind.CANCELLED,
    "open": PieceKind.UNANSWERED,
}


def of(run: Run) -> Picture | None:
    """The run's operations, or, when it asked for none, its processes. None when there is nothing to see."""
    if isinstance(run.outcome, Unusable):
        return None  # it was never called: what was seen in no time at all is how long the machine took to say so
    if run.spans:
        return operations(run)
    if run.cpu.cpu_s > 0 and run.wall_s > 0:
        return processes(run)
    return None


def operations(run: Run) -> Picture:
    """One lane per operation, in the order in which they were asked; those that take no time only if all do."""
    spans = tuple(span for span in run.spans if span.latency_s > 0) or run.spans
    shown = msgspec.structs.replace(run, spans=spans)
    return Picture(length_s=length_s(shown), lanes=_fold(of_operations(shown)))


def processes(run: Run) -> Picture:
    """One lane per process: when it ran, and when it wanted to run but other work had the cores."""
    return Picture(length_s=run.wall_s, lanes=_fold(of_processes(run)))


def length_s(run: Run) -> float:
    """Until the call had returned, and its last operation had ended."""
    return max([run.end_s, *(span.end_s for span in run.spans if span.end_s is not None)]) - run.started_s


def of_operations(run: Run) -> list[Lane]:
    """All operations, one lane each."""
    last_s = run.started_s + length_s(run)
    return [_operation(span, run.started_s, last_s) for span in run.spans]


def of_processes(run: Run) -> list[Lane]:
    """All processes that did something."""
    busy = [use for use in run.cpu.processes if use.cpu_s >= HIDDEN_SHARE * run.cpu.cpu_s]
    return [_process(use, run) for use in busy] if run.wall_s > 0 else []


def _operation(span: Span, started_s: float, last_s: float) -> Lane:
    label = f"{span.name} {span.key}" if span.key and span.key != span.name else span.name
    end_s = span.end_s if span.end_s is not None else last_s
    piece = Piece(kind=KINDS[span.outcome], start_s=span.start_s - started_s, end_s=end_s - started_s)
    return Lane(label=label, pieces=(piece,), mark=span.mark)


def _process(use: ProcessUse, run: Run) -> Lane:
    cell_s = run.wall_s / CELLS
    pieces, first = [], 0
    for kind, group in groupby(_cells(use, run, cell_s)):
        end = first + len(list(group))
        if kind is not None:
            pieces.append(Piece(kind=kind, start_s=first * cell_s, end_s=end * cell_s))
        first = end
    return Lane(label=use.name, pieces=tuple(pieces))


def _cells(use: ProcessUse, run: Run, cell_s: float) -> list[PieceKind | None]:
    """Per cell: more on CPU than waiting, waiting, or neither."""
    cpu_s, wait_s = [0.0] * CELLS, [0.0] * CELLS
    before_s = use.started_s
    for part in use.slices:
        first, end = _cell(before_s, run), max(_cell(before_s, run) + 1, _cell(part.end_s, run))
        for cell in range(first, min(end, CELLS)):
            cpu_s[cell] += part.cpu_s / (end - first)
            wait_s[cell] += part.wait_s / (end - first)
        before_s = part.end_s
    return [
        None if cpu + wait < IDLE_SHARE * cell_s else (PieceKind.RUNNING if cpu >= wait else PieceKind.WAITING)
        for cpu, wait in zip(cpu_s, wait_s, strict=True)
    ]


def _cell(moment_s: float, run: Run) -> int:
    return min(CELLS, max(0, round((moment_s - run.started_s) / run.wall_s * CELLS)))


def _fold(lanes: list[Lane]) -> tuple[Lane, ...]:
    """At most MAX_LANES: the middle of many is left out."""
    if len(lanes) <= MAX_LANES:
        return tuple(lanes)
    first = (MAX_LANES - 1) * 2 // 3
    last = MAX_LANES - 1 - first
    left_out = Lane(label="", note=f"... {len(lanes) - first - last} more ...")
    return (*lanes[:first], left_out, *lanes[-last:])
