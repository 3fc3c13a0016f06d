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


def render(picture: Picture | None, room: int | None = None) -> str:
    """Its lines: a ruler, the lanes, the legend. "" for no picture.

    `room`: how many columns there are; None: as many as it takes.
    """
    if picture is None or picture.text:
        return picture.text if picture else ""
    return "\n".join(_Layout(picture.length_s, room).lines(picture))


class _Layout:
    """How the columns are shared between labels and bars."""

    def __init__(self, length_s: float, room: int | None) -> None:
        self.room = room
        self.label = MAX_LABEL if room is None else min(MAX_LABEL, room // 4)
        self.columns = COLUMNS if room is None else max(1, min(COLUMNS, room - self.label - 1))
        self.length_s = max(length_s, 1e-6)

    def lines(self, picture: Picture) -> list[str]:
        ruler = self.row("", "0 ms" + f"{picture.length_s * 1000:.0f} ms".rjust(self.columns - 4))
        lanes = [line for lane in picture.lanes for line in self.lane(lane)]
        return [ruler, *lanes, *self.legend(picture.kinds)]

    def lane(self, lane: Lane) -> list[str]:
        """One line, and a second for a mark that it has no room for."""
        cells = [" "] * self.columns
        for piece in lane.pieces:
            first = min(self.column(piece.start_s), self.columns - 1)
            end = max(first + 1, self.column(piece.end_s))  # nothing that happened is invisible
            cells[first:end] = SIGNS[piece.kind] * (end - first)
        bar = "".join(cells).rstrip()
        if lane.note or not lane.mark:
            return [self.row(lane.label, lane.note or bar)]
        marked = self.row(lane.label, f"{bar} < {lane.mark}")
        if self.room is None or len(marked) <= self.room:
            return [marked]
        return [self.row(lane.label, bar), self.row("", f"^ {lane.mark}")]

    def legend(self, kinds: list[PieceKind]) -> list[str]:
        """As many in a line as there is room for."""
        rows = [""]
        for kind in kinds:
            entry = f"{SIGNS[kind]} {kind}"
            longer = f"{rows[-1]}   {entry}" if rows[-1] else entry
            if self.room is not None and rows[-1] and len(self.row("", longer)) > self.room:
                rows.append(entry)
            else:
                rows[-1] = longer
        return [self.row("", row) for row in rows]

    def column(self, moment_s: float) -> int:
        return min(self.columns, max(0, round(moment_s / self.length_s * self.columns)))

    def row(self, label: str, rest: str) -> str:
        # Where there is little room the end is shown: that is where labels differ.
        shown = label[: self.label] if self.label == MAX_LABEL else label[-self.label :]
        return f"{shown:<{self.label}} {rest}".rstrip()
