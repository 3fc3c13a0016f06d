"""Peaks and floors."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judge import overlap
from checker.model.evidence import Span
from tests.evidence import START_S, in_rounds, run, span


def test_the_peak_counts_what_is_in_flight() -> None:
    """Touching operations do not overlap, nested ones do, and open ones last to the end of the run."""
    assert overlap.peak([]) == 0
    assert overlap.peak([span(0, 1), span(1, 2)]) == 1
    assert overlap.peak([span(0, 3), span(1, 2), span(1.5, 4)]) == 3
    assert overlap.peak([span(0, None), span(1, 2)], end_s=START_S + 3) == 2
    assert overlap.peak(in_rounds(20, 10)) == 10


@pytest.mark.parametrize(
    ("latencies", "width", "expected"),
    [([0.05] * 20, 10, 0.10), ([0.05] * 20, 7, 0.15), ([0.3, 0.3], 1, 0.6), ([0.3, 0.05], 2, 0.3), ([], 3, 0.0)],
)
def test_the_floor_of_known_work(latencies: list[float], width: int, expected: float) -> None:
    """For equal operations the floor is ceil(N / width) times the latency; the longest one is always a floor."""
    assert overlap.floor_s(latencies, width) == pytest.approx(expected)


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6), st.integers(1, 4))
def test_no_schedule_beats_the_floor(latencies: list[int], width: int) -> None:
    """The best of all ways to spread the operations over the lanes takes at least the floor."""
    best = min(
        max(sum(latency for latency, lane in zip(latencies, lanes, strict=True) if lane == n) for n in range(width))
        for lanes in itertools.product(range(width), repeat=len(latencies))
    )
    assert overlap.floor_s(latencies, width) <= best


@pytest.mark.parametrize(
    ("latencies", "width", "expected"),
    [([0.3, 0.3], 1, 0.3), ([0.2, 0.05], 1, 0.05), ([0.27, 0.12, 0.12, 0.12, 0.03], 3, 0.12), ([0.3], 1, 0.0)],
)
def test_how_long_enough_of_them_are_in_flight(latencies: list[float], width: int, expected: float) -> None:
    """Until the shortest of the width + 1 longest ends."""
    assert overlap.window_s(latencies, width) == expected


@pytest.mark.parametrize(
    ("latencies", "goal", "width", "allowed_s"),
    [
        ([0.05] * 20, 4.0, 4, 0.2375),
        ([0.3, 0.3], 1.5, 1, 0.4),
        ([0.1] * 8, 3.0, 3, 0.266),
        ([0.06] * 10, 3.5, 4, 0.171),
    ],
)
def test_the_nearest_wrong_width(latencies: list[float], goal: float, width: int, allowed_s: float) -> None:
    """The allowed time reaches the goal, and is below what the nearest wrong width needs."""
    assert overlap.nearest_wrong_width(latencies, goal) == width
    bounds = overlap.independent(latencies, goal)
    assert bounds.allowed_s(goal) == pytest.approx(allowed_s, rel=0.01)
    assert bounds.allowed_s(goal) < overlap.floor_s(latencies, width)
    assert sum(latencies) / bounds.allowed_s(goal) >= goal


def jobs(*times: tuple[float, float | None], outcome: str = "answered") -> tuple[Span, ...]:
    """Two operations in turn, at these seconds."""
    return tuple(span(*each, name="ab"[number % 2], outcome=outcome) for number, each in enumerate(times))


IN_TURN, AT_ONCE = jobs((1, 2), (2, 3)), jobs((1, 2), (1, 2))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (IN_TURN, False),
        (AT_ONCE, True),
        (jobs((0, 0.1), (0, 0.1), outcome="dropped") + IN_TURN, False),
        (IN_TURN + jobs((3, 3.1), (3, 3.1), outcome="dropped"), False),
        (IN_TURN + jobs((3, None), (3, None), outcome="open"), False),
        (jobs((0, 1), (0, 1)) + IN_TURN, False),
        (jobs((0, 1)) + jobs((0, 1), (0, 1), outcome="dropped")[1:], True),
        (jobs((0, 0.1), (0, 0.1), outcome="dropped") + AT_ONCE, True),
        ((span(0, 1, key="other", outcome="dropped"), span(0, 2, key="another")), True),
        (jobs((0, 1), (0, 1), outcome="failed"), True),
    ],
    ids=[
        "in turn", "at once", "hung up before", "hung up after", "left open", "answered to nobody", "one is cancelled",
        "tried again", "not sync's", "refused",
    ],
)  # fmt: skip
def test_what_came_to_nothing_is_not_side_by_side(spans: tuple[Span, ...], expected: bool) -> None:
    """Of each operation as many count as sync asked for."""
    assert overlap.side_by_side(run(4.0, spans=spans), run(spans=IN_TURN)) is expected
