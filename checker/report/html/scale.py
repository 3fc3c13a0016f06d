"""Speed-ups between 0 and the limit: one attempt as a bar, a class as a histogram. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.model.answer import Speed, Verdict
from checker.report.html.markup import Html, tag

PLOT_PERCENT = 76.0
"""Width of the plot. The rest is for labels, to the right of their lines."""
BINS = 24
UNIT = 12
"""Height of one attempt in a histogram, in pixels, if there is room."""
MAX_HEIGHT = 120
ROW = 17


class Lines:
    """The goal, reference and limit that speed-ups are compared with, and the scale up to the limit."""

    def __init__(self, goal: float, limit: float, reference: float | None) -> None:
        self.limit = max(limit, goal, 0.1)
        self.labelled = [("goal", goal), ("reference", reference), ("limit", self.limit)]

    def x(self, speedup: float) -> str:
        """The position of a speed-up; one above the limit is drawn at the limit."""
        return f"{PLOT_PERCENT * min(1.0, max(0.0, speedup / self.limit)):.2f}%"

    def flag(self, label: str, speedup: float, text_y: float, y1: float, y2: float) -> Html:
        """A line with its label to the right."""
        line = tag("line", x1=self.x(speedup), x2=self.x(speedup), y1=y1, y2=y2)
        return tag("g", line, tag("text", f"{label} {speedup:.1f}x", x=self.x(speedup), dx=5, y=text_y), class_=label)


def bar(speed: Speed) -> Html:
    """One attempt's speed-up. The goal is labelled above the bar, the reference below it, the limit at its end."""
    lines = Lines(speed.goal, speed.limit, speed.reference)
    reached = "reached" if speed.speedup >= speed.goal else "missed"
    places = {"goal": (11, 0, 36), "reference": (49, 16, 50), "limit": (30, 16, 36)}
    flags = [lines.flag(label, value, *places[label]) for label, value in lines.labelled if value is not None]
    drawing = tag(
        "svg",
        tag("rect", class_="track", x=0, y=20, width=f"{PLOT_PERCENT}%", height=12),
        tag("rect", class_=f"speed {reached}", x=0, y=20, width=lines.x(speed.speedup), height=12),
        *flags,
        width="100%",
        height=54 if speed.reference is not None else 38,
        aria_hidden="true",
    )
    return tag("figure", tag("figcaption", *_words(speed)), drawing, class_="scale")


def _words(speed: Speed) -> list[Html | str]:
    clock = ", corrected for other programs" if speed.clock == "corrected" else ""
    reference = f", reference {speed.reference:.1f}x" if speed.reference is not None else ""
    return [
        tag("strong", f"{speed.speedup:.1f}x"),
        f" as fast as sync: {speed.attempt_s * 1000:,.0f} ms instead of {speed.sync_s * 1000:,.0f} ms{clock}. ",
        f"Goal {speed.goal:.1f}x, limit {speed.limit:.1f}x{reference}.",
    ]


def histogram(measured: Sequence[tuple[float, Verdict]], lines: Lines) -> Html:
    """The distribution of a class's speed-ups: passed attempts filled, the others as outlines on top of them."""
    passed = Counter(_bin(speedup, lines) for speedup, verdict in measured if verdict is Verdict.PASSED)
    others = Counter(_bin(speedup, lines) for speedup, verdict in measured if verdict is not Verdict.PASSED)
    highest = max((passed + others).values(), default=1)
    unit = min(UNIT, MAX_HEIGHT / highest)
    top = 3 * ROW + 6
    base = top + unit * highest
    stacks = []
    for number in sorted(passed | others):
        stacks.append(_stack("passed", number, passed[number], base, unit, lines))
        stacks.append(_stack("not passed", number, others[number], base - unit * passed[number], unit, lines))
    flags = [
        lines.flag(label, value, row * ROW + 11, row * ROW, base)
        for row, (label, value) in enumerate(lines.labelled)
        if value is not None
    ]
    axis = [
        tag("line", x1=0, x2=f"{PLOT_PERCENT}%", y1=base, y2=base, class_="axis"),
        *(_tick(lines.limit * part / 4, base + 14, lines) for part in range(5)),
    ]
    return tag(
        "svg", *stacks, *axis, *flags, width="100%", height=base + 20, role="img",
        aria_label=f"Histogram of {len(measured)} speed-ups. The table below has the numbers.",
    )  # fmt: skip


def _bin(speedup: float, lines: Lines) -> int:
    return min(BINS - 1, max(0, int(speedup / lines.limit * BINS)))


def _stack(kind: str, number: int, count: int, bottom: float, unit: float, lines: Lines) -> Html:
    if not count:
        return Html()
    low, high = lines.limit * number / BINS, lines.limit * (number + 1) / BINS
    hover = tag("title", f"{count} {kind}: {low:.1f}x to {high:.1f}x")
    return tag(
        "rect", hover, class_=f"stack {kind.replace(' ', '-')}", x=lines.x(low), y=round(bottom - unit * count, 1),
        width=f"{PLOT_PERCENT / BINS * 0.88:.2f}%", height=round(unit * count - 1, 1),
    )  # fmt: skip


def _tick(speedup: float, y: float, lines: Lines) -> Html:
    anchor = "start" if speedup == 0 else "middle"
    return tag("text", f"{speedup:.3g}x", x=lines.x(speedup), y=y, text_anchor=anchor, class_="tick")
