"""A picture as text. Pure.

0 ms                                      600 ms
say(0.3)  ██████████████████████
say(0.3)                        ██████████████████████
"""

from __future__ import annotations

from checker.model.picture import Lane, Picture, PieceKind

COLUMNS = 60
MAX_LABEL = 14

SIGNS = {
    PieceKind.IN_FLIGHT: "█", PieceKind.FAILED: "▒", PieceKind.CANCELLED: "▞", PieceKind.UNANSWERED: "▁",
    PieceKind.RUNNING: "█", PieceKind.WAITING: "░", PieceKind.STILL: "▄", PieceKind.HELD: "▌", PieceKind.WANTED: "▐",
}  # fmt: skip


def render(picture: Picture | None) -> str:
    """Its lines: a ruler, the lanes, the legend. "" for no picture."""
    if picture is None or picture.text:
        return picture.text if picture else ""
    ruler = _row("", "0 ms" + f"{picture.length_s * 1000:.0f} ms".rjust(COLUMNS - 4))
    legend = _row("", "   ".join(f"{SIGNS[kind]} {kind}" for kind in picture.kinds))
    length_s = max(picture.length_s, 1e-6)
    return "\n".join([ruler, *(_lane(lane, length_s) for lane in picture.lanes), legend])


def _lane(lane: Lane, length_s: float) -> str:
    cells = [" "] * COLUMNS
    for piece in lane.pieces:
        first = min(_column(piece.start_s, length_s), COLUMNS - 1)
        end = max(first + 1, _column(piece.end_s, length_s))  # nothing that happened is invisible
        cells[first:end] = SIGNS[piece.kind] * (end - first)
    bar = "".join(cells).rstrip()
    return _row(lane.label, lane.note or (f"{bar} < {lane.mark}" if lane.mark else bar))


def _column(moment_s: float, length_s: float) -> int:
    return min(COLUMNS, max(0, round(moment_s / length_s * COLUMNS)))


def _row(label: str, rest: str) -> str:
    return f"{label[:MAX_LABEL]:<{MAX_LABEL}} {rest}".rstrip()
