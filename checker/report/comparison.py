"""One attempt on several interpreters, side by side: a table and a picture. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from checker.model.answer import AttemptResult
from checker.model.interpreter import Interpreter
from checker.model.picture import Lane, Picture, Piece, PieceKind
from checker.report.terminal import COLOURS, MARKS, printable

Compared = tuple[Interpreter, AttemptResult]
"""An interpreter, and the attempt's result on it."""
HEADINGS = ("", "sync", "attempt", "speed-up", "cores", "")


def table(compared: Sequence[Compared]) -> Table:
    """A row for each interpreter: times of sync and attempt, speed-up, cores that the attempt keeps busy, verdict."""
    whole = Table(box=None, pad_edge=False, header_style="bold")
    for heading in HEADINGS:
        whole.add_column(heading, justify="right" if heading else "left", overflow="fold")
    for interpreter, result in compared:
        whole.add_row(Text(interpreter.name), *_numbers(result), _outcome(result))
    return whole


def _numbers(result: AttemptResult) -> list[Text]:
    speed = result.speed
    if speed is None:
        return [Text("-")] * 4
    cores = f"{speed.cores:.1f}" if speed.cores is not None else "-"
    times = [f"{seconds * 1000:.0f} ms" for seconds in (speed.sync_s, speed.attempt_s)]
    return [Text(text) for text in (*times, f"{speed.speedup:.1f}x", cores)]


def _outcome(result: AttemptResult) -> Text:
    code = result.diagnosis.code if result.diagnosis is not None else ""
    return Text(f"{MARKS[result.verdict]} {code or result.verdict}", style=COLOURS[result.verdict])


def explanations(compared: Sequence[Compared]) -> list[str]:
    """For each check that was not passed, why."""
    return [
        f"{interpreter.name}: {printable(check.diagnosis.sentence if check.diagnosis else check.why)}"
        for interpreter, result in compared
        for check in result.checks
        if check.diagnosis or check.why
    ]


def picture(compared: Sequence[Compared]) -> Picture | None:
    """Sync and attempt on each interpreter, drawn to one scale; None if no run gave a right result."""
    lanes = [
        _lane(f"{interpreter.version}{'' if interpreter.gil else 't'} {what}", seconds)
        for interpreter, result in compared
        if result.speed is not None
        for what, seconds in (("sync", result.speed.sync_s), ("yours", result.speed.attempt_s))
    ]
    length_s = max((piece.end_s for lane in lanes for piece in lane.pieces), default=0.0)
    return Picture(length_s=length_s, lanes=tuple(lanes)) if lanes else None


def _lane(label: str, seconds: float) -> Lane:
    return Lane(label=label, pieces=(Piece(kind=PieceKind.RUNNING, start_s=0.0, end_s=seconds),))
