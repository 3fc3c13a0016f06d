"""The picture of a run as a drawing. Pure."""

from __future__ import annotations

from checker.model.picture import Lane, Picture, Piece, PieceKind
from checker.picture import as_text
from checker.report.html.markup import Html, tag, together
from checker.report.terminal import printable

CLASSES = {
    PieceKind.IN_FLIGHT: "busy", PieceKind.FAILED: "refused", PieceKind.CANCELLED: "cancelled",
    PieceKind.UNANSWERED: "unanswered", PieceKind.RUNNING: "busy", PieceKind.WAITING: "wanting",
    PieceKind.STILL: "unanswered", PieceKind.HELD: "busy", PieceKind.WANTED: "wanting",
}  # fmt: skip
HEIGHTS = {"busy": 12, "refused": 11, "cancelled": 7, "unanswered": 2, "wanting": 4}
"""Heights in pixels. Kinds differ in shape, not only in colour: filled, outlined, low, a line, thin."""
ROW = 18
RULER = 22
CHARACTER_PERCENT = 2.3
"""Width of one character of a label, as a share of the whole: enough on a telephone, for 6.6 pixels of the narrowest
drawing, which has 290 (style.css: where there is less room, it scrolls)."""
LEAST_PERCENT = 0.4
"""The smallest width of a piece, so that the shortest one is still visible."""


def draw(picture: Picture, scale_s: float = 0.0) -> Html:
    """The drawing with its legend, and the same as text. `scale_s`: draw it to the scale of a run of this length."""
    words = tag("pre", printable(as_text.render(picture)))
    if picture.text:
        return words
    folded = tag("details", tag("summary", "The same as text"), words, class_="as-text")
    caption = tag("figcaption", *(tag("span", _swatch(kind), kind) for kind in picture.kinds))
    drawing = tag("div", _drawing(picture, max(picture.length_s, scale_s)), class_="zoomable")
    return tag("figure", drawing, caption, folded, class_="timeline")


def _drawing(picture: Picture, length_s: float) -> Html:
    drawing = _Drawing(picture, length_s)
    height = RULER + ROW * len(picture.lanes)
    shown = sum(not lane.note for lane in picture.lanes)
    return tag(
        "svg",
        drawing.ruler(height),
        *(drawing.lane(lane, RULER + ROW * row) for row, lane in enumerate(picture.lanes)),
        width="100%",
        height=height,
        role="img",
        aria_label=f"Timeline of {picture.length_s * 1000:.0f} ms with {shown} lanes. The same as text comes after it.",
    )


def _label(lane: Lane) -> str:
    return printable(lane.label)[: as_text.MAX_LABEL]


class _Drawing:
    """Maps seconds and rows to positions. Widths are in percent, so that text keeps its size on any screen."""

    def __init__(self, picture: Picture, length_s: float) -> None:
        longest = max([5, *(len(_label(lane)) for lane in picture.lanes)])
        self.left = (longest + 1) * CHARACTER_PERCENT
        self.length_s = max(length_s, 1e-6)

    def x(self, moment_s: float) -> float:
        share = min(1.0, max(0.0, moment_s / self.length_s))
        return self.left + share * (100 - self.left)

    def ruler(self, height: int) -> Html:
        quarters = [self.length_s * quarter / 4 for quarter in range(5)]
        lines = [
            tag("line", x1=_percent(self.x(at)), x2=_percent(self.x(at)), y1=RULER - 4, y2=height) for at in quarters
        ]
        ends = zip((quarters[0], quarters[2], quarters[4]), ("start", "middle", "end"), strict=True)
        texts = [tag("text", _ms(at), x=_percent(self.x(at)), y=12, text_anchor=anchor) for at, anchor in ends]
        return tag("g", *lines, *texts, class_="ruler")

    def lane(self, lane: Lane, top: int) -> Html:
        base = top + ROW - 5
        if lane.note:
            middle = _percent(self.x(self.length_s / 2))
            return tag("text", lane.note, x=middle, y=base, text_anchor="middle", class_="note")
        label = tag("text", _label(lane), x=_percent(self.left - CHARACTER_PERCENT), y=base, text_anchor="end")
        pieces = [self.piece(lane, piece, top) for piece in lane.pieces]
        return tag("g", label, *pieces, *self.mark(lane, base), class_="lane")

    def piece(self, lane: Lane, piece: Piece, top: int) -> Html:
        kind = CLASSES[piece.kind]
        height = HEIGHTS[kind]
        hover = f"{printable(lane.label)}: {piece.kind}, {_ms(piece.start_s)} to {_ms(piece.end_s)}"
        width = max(LEAST_PERCENT, self.x(piece.end_s) - self.x(piece.start_s))
        return tag(
            "rect", tag("title", hover), class_=kind, x=_percent(self.x(piece.start_s)), y=top + (ROW - height) / 2,
            width=_percent(width), height=height, rx=2,
        )  # fmt: skip

    def mark(self, lane: Lane, base: int) -> list[Html]:
        """The remark, where there is room for it: after the pieces, on them, or before them."""
        if not lane.mark:
            return []
        half_s = self.length_s / 2
        first_s, end_s = (lane.pieces[0].start_s, lane.pieces[-1].end_s) if lane.pieces else (0.0, 0.0)
        if end_s <= half_s:
            at, anchor = self.x(end_s) + 1, "start"
        elif first_s < half_s:
            at, anchor = self.x((first_s + end_s) / 2), "middle"
        else:
            at, anchor = self.x(first_s) - 1, "end"
        return [tag("text", printable(lane.mark), x=_percent(at), y=base, text_anchor=anchor, class_="remark")]


def _swatch(kind: PieceKind) -> Html:
    height = HEIGHTS[CLASSES[kind]]
    shape = tag("rect", class_=CLASSES[kind], x=1, y=(14 - height) / 2, width=22, height=height, rx=2)
    return together([tag("svg", shape, width=24, height=14, aria_hidden="true"), " "])


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _percent(share: float) -> str:
    return f"{share:.2f}%"
