"""The timeline of a run as a drawing, made from the text that `checker.timeline` wrote. Pure."""

from __future__ import annotations

import re
from itertools import groupby

from checker.model.record import Record
from checker.picture.timeline import COLUMNS, IN_FLIGHT, MAX_LABEL, REFUSED, WANTING
from checker.report.html.markup import Html, tag, together
from checker.report.terminal import printable

KINDS = {IN_FLIGHT: "busy", REFUSED: "refused", WANTING: "wanting"}
HEIGHTS = {IN_FLIGHT: 12, REFUSED: 11, WANTING: 4}
"""Kinds differ in shape, not only in colour: full, only an outline, thin."""
ROW = 18
RULER = 22
CHARACTER_PERCENT = 2.0
"""What one character of a label takes of the width: enough on a telephone (7 of 350 pixels)."""

LENGTH = re.compile(r"(\d+) ms$")
CELLS = re.compile(rf"(?P<cells>[ {''.join(KINDS)}]*?)(?: < (?P<mark>.+))?")
LEGEND = re.compile(rf"([{''.join(KINDS)}]) ([^{''.join(KINDS)}]+)")


class Bar(Record):
    """Something that went on from one column of the text to another."""

    sign: str
    first: int
    end: int


class Lane(Record):
    """One line of the picture; without bars where nothing was to be seen, or where lanes are left out."""

    label: str
    bars: list[Bar]
    mark: str = ""
    note: str = ""
    """Instead of bars: how many lanes are left out here."""


def draw(text: str) -> Html:
    """The drawing with its legend, and the text that it is made from."""
    lines = printable(text).splitlines()
    as_text = tag("details", tag("summary", "The same as text"), tag("pre", "\n".join(lines)), class_="as-text")
    length = LENGTH.search(lines[0]) if len(lines) > 2 else None
    if length is None:
        return tag("pre", "\n".join(lines))
    words = dict(LEGEND.findall(lines[-1]))
    found = [lane(line) for line in lines[1:-1]]
    picture = _picture(found, int(length[1]), {sign: word.strip() for sign, word in words.items()})
    caption = tag("figcaption", *(tag("span", _swatch(sign), word) for sign, word in words.items()))
    return tag("figure", picture, caption, as_text, class_="timeline")


def lane(line: str) -> Lane:
    """What one line of the text shows."""
    label, rest = line[: MAX_LABEL + 1].strip(), line[MAX_LABEL + 1 :]
    found = CELLS.fullmatch(rest)
    if found is None:
        return Lane(label=label, bars=[], note=rest.strip())
    return Lane(label=label, bars=_bars(found["cells"]), mark=found["mark"] or "")


def _bars(cells: str) -> list[Bar]:
    bars, first = [], 0
    for sign, group in groupby(cells):
        end = first + len(list(group))
        if sign in KINDS:
            bars.append(Bar(sign=sign, first=first, end=end))
        first = end
    return bars


def _picture(lanes: list[Lane], length_ms: int, words: dict[str, str]) -> Html:
    drawing = _Drawing(max([5, *(len(each.label) for each in lanes)]), length_ms, words)
    height = RULER + ROW * len(lanes)
    shown = sum(not each.note for each in lanes)
    return tag(
        "svg",
        drawing.ruler(height),
        *(drawing.lane(each, RULER + ROW * row) for row, each in enumerate(lanes)),
        width="100%",
        height=height,
        role="img",
        aria_label=f"Timeline of {length_ms} ms with {shown} lanes. The same as text comes after it.",
    )


class _Drawing:
    """Columns and rows to places. Widths are shares of the whole: the letters keep their size on any screen."""

    def __init__(self, label_length: int, length_ms: int, words: dict[str, str]) -> None:
        self.left = (label_length + 1) * CHARACTER_PERCENT
        self.length_ms = length_ms
        self.words = words

    def x(self, column: float) -> float:
        return self.left + column / COLUMNS * (100 - self.left)

    def ms(self, column: float) -> str:
        return f"{column / COLUMNS * self.length_ms:.0f} ms"

    def ruler(self, height: int) -> Html:
        quarters = [COLUMNS * quarter / 4 for quarter in range(5)]
        lines = [
            tag("line", x1=_percent(self.x(at)), x2=_percent(self.x(at)), y1=RULER - 4, y2=height) for at in quarters
        ]
        ends = zip((0, COLUMNS / 2, COLUMNS), ("start", "middle", "end"), strict=True)
        texts = [tag("text", self.ms(at), x=_percent(self.x(at)), y=12, text_anchor=anchor) for at, anchor in ends]
        return tag("g", *lines, *texts, class_="ruler")

    def lane(self, lane: Lane, top: int) -> Html:
        base = top + ROW - 5
        if lane.note:
            return tag("text", lane.note, x=_percent(self.x(COLUMNS / 2)), y=base, text_anchor="middle", class_="note")
        label = tag("text", lane.label, x=_percent(self.left - CHARACTER_PERCENT), y=base, text_anchor="end")
        bars = [self.bar(lane.label, bar, top) for bar in lane.bars]
        return tag("g", label, *bars, *self.mark(lane, base), class_="lane")

    def bar(self, label: str, bar: Bar, top: int) -> Html:
        height = HEIGHTS[bar.sign]
        hover = f"{label}: {self.words.get(bar.sign, '')}, about {self.ms(bar.first)} to {self.ms(bar.end)}"
        return tag(
            "rect", tag("title", hover), class_=KINDS[bar.sign], x=_percent(self.x(bar.first)),
            y=top + (ROW - height) / 2, width=_percent(self.x(bar.end) - self.x(bar.first)), height=height, rx=2,
        )  # fmt: skip

    def mark(self, lane: Lane, base: int) -> list[Html]:
        """The remark where there is room: after the bar, before it, or on it."""
        if not lane.mark:
            return []
        first, end = (lane.bars[0].first, lane.bars[-1].end) if lane.bars else (0, 0)
        if end <= COLUMNS / 2 or first < COLUMNS / 2:
            at, anchor = (end + 1, "start") if end <= COLUMNS / 2 else ((first + end) / 2, "middle")
        else:
            at, anchor = first - 1, "end"
        return [tag("text", lane.mark, x=_percent(self.x(at)), y=base, text_anchor=anchor, class_="remark")]


def _swatch(sign: str) -> Html:
    height = HEIGHTS[sign]
    shape = tag("rect", class_=KINDS[sign], x=1, y=(14 - height) / 2, width=22, height=height, rx=2)
    return together([tag("svg", shape, width=24, height=14, aria_hidden="true"), " "])


def _percent(share: float) -> str:
    return f"{share:.2f}%"
