"""How much happened side by side, and how fast it could have been at best. Pure functions of spans and seconds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from checker.model.evidence import ANSWERS, Run, Span
from checker.model.record import Record

FLOOR_SHARE = 0.95
"""Limit of a wrong width, as a share of its physical floor: measured, with no wrong verdict in 3 431 live races."""

SPARE = 0.5
"""Share of a margin that others may take. A right attempt needs the rest for what it does itself (measured at 06, where
an operation of 300 ms had to be asked for before another one ended: 40 ms)."""


def peak(spans: Iterable[Span], end_s: float | None = None) -> int:
    """The most operations in flight at any moment. An open span lasts until `end_s`."""
    changes = []
    for span in spans:
        last = span.end_s if span.end_s is not None else end_s
        if last is not None and last > span.start_s:
            changes += [(span.start_s, 1), (last, -1)]
    return highest(changes)


def highest(changes: Iterable[tuple[float, int]]) -> int:
    """The highest value of a count that begins at 0, from its changes as (moment, change)."""
    now = most = 0
    for _, change in sorted(changes):  # at equal times, ends sort before beginnings
        now += change
        most = max(most, now)
    return most


def floor_s(latencies_s: Sequence[float], width: int) -> float:
    """The least time in which independent operations can be done with at most `width` in flight.

    The largest of the classical lower bounds for identical parallel machines: the total over the width, and, for
    each k, the sum of the k + 1 smallest of the k * width + 1 longest (some lane must hold k + 1 of those). For N
    equal latencies that is ceil(N / width) * latency, which is exact.
    """
    longest = sorted(latencies_s, reverse=True)
    if not longest:
        return 0.0
    bounds = [sum(longest) / width]
    for k in range((len(longest) - 1) // width + 1):
        among = longest[: k * width + 1]
        bounds.append(sum(among[-(k + 1) :]))
    return max(bounds)


def window_s(latencies_s: Sequence[float], width: int) -> float:
    """How long more than `width` operations are in flight at once, if all begin together; 0 if there are not so many.

    A run that was held up for less cannot look narrow because of that.
    """
    longest = sorted(latencies_s, reverse=True)
    return longest[width] if len(longest) > width else 0.0


def nearest_wrong_width(latencies_s: Sequence[float], goal: float) -> int:
    """The largest width that cannot beat the goal (times faster than one by one), however quiet the machine is."""
    allowed_s = sum(latencies_s) / goal
    width = 1
    while width < len(latencies_s) and floor_s(latencies_s, width + 1) >= allowed_s:
        width += 1
    return width


class Bounds(Record):
    """What is possible, in seconds, on an infinitely fast machine: the physical yardstick of a waiting-bound race."""

    serial_s: float
    """One thing after the other, as sync does it."""
    wrong_s: float
    """The nearest wrong way at its best."""
    least_s: float
    """The best way: the critical path. Faster means that something was not waited for."""
    wrong_width: int = 0
    """The most operations that the nearest wrong way has in flight at once, where that tells it."""
    dependent: bool = False
    """Operations wait for others, so that a run that was held up has fewer in flight than it would have had."""

    def allowed_s(self, goal: float) -> float:
        """The time that a run must beat: it reaches the goal, and the nearest wrong way cannot do it."""
        return min(self.serial_s / goal, FLOOR_SHARE * self.wrong_s)


def independent(latencies_s: Sequence[float], goal: float) -> Bounds:
    """The bounds of operations that need nothing of each other: the nearest wrong way is a width too narrow."""
    width = nearest_wrong_width(latencies_s, goal)
    return Bounds(
        serial_s=sum(latencies_s), wrong_s=floor_s(latencies_s, width), least_s=max(latencies_s, default=0.0),
        wrong_width=width,
    )  # fmt: skip


def counted(spans: Iterable[Span]) -> list[Span]:
    """The operations that a race is about: those that take time."""
    return [span for span in spans if span.latency_s > 0]


def peak_of(run: Run) -> int:
    """The most operations that a run had in flight at any moment."""
    return peak(counted(run.spans), run.end_s)


def side_by_side(run: Run, sync: Run) -> bool:
    """Whether useful operations were in flight at once.

    Of each, as many count as sync needs: the last ones that came to an end. So nothing is won by asking for all at
    once, hanging up, and then doing one after the other. Of what sync did not ask for, all count.
    """
    wanted = Counter((span.name, span.key) for span in counted(sync.spans))
    asked = defaultdict(list)
    for span in sorted(counted(run.spans), key=lambda span: (span.outcome in ANSWERS, span.start_s)):
        asked[span.name, span.key].append(span)
    useful = [span for what, spans in asked.items() for span in spans[-wanted[what] :]]  # [-0:] is all
    return peak(useful, run.end_s) > 1
