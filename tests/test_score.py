"""Points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judge import score
from checker.model.answer import Speed, Verdict


def speed(speedup: float, goal: float = 4.0, overlapped: bool = True) -> Speed:
    return Speed(speedup=speedup, goal=goal, limit=10.0, sync_s=1.0, attempt_s=1 / speedup, overlapped=overlapped)


@pytest.mark.parametrize(
    ("verdict", "speed", "expected"),
    [
        (Verdict.PASSED, None, 4.0),
        (Verdict.PASSED, speed(9), 4.0),
        (Verdict.FAILED, None, 0.0),
        (Verdict.FAILED, speed(2.0), 2.0),
        (Verdict.FAILED, speed(3.0), 2.0),
        (Verdict.FAILED, speed(1.9), 2.0),
        (Verdict.FAILED, speed(1.1), 0.8),
        (Verdict.FAILED, speed(0.9), 0.8),
        (Verdict.FAILED, speed(1.2, goal=1.5), 2.0),
        (Verdict.FAILED, speed(3.0, overlapped=False), 0.0),
        (Verdict.FAILED, speed(8.0), 2.0),
        (Verdict.INCONCLUSIVE, speed(8.0), 0.0),
        (Verdict.ERROR, None, 0.0),
    ],
)
def test_points(verdict: Verdict, speed: Speed | None, expected: float) -> None:
    """Half of the points for half of the goal, a fifth for work side by side at all; nothing for other work."""
    assert score.points(verdict, 4.0, speed) == expected


@given(st.sampled_from(Verdict), st.floats(0.01, 100), st.floats(1.01, 20), st.floats(0, 20))
def test_points_are_within_bounds(verdict: Verdict, speedup: float, goal: float, most: float) -> None:
    """Never below 0, never more than there are."""
    assert 0 <= score.points(verdict, most, speed(speedup, goal)) <= most


@given(st.sampled_from([3.0, 4.0, 5.0, 1.5]), st.floats(-0.07, 0.07), st.sampled_from([1, 2]))
def test_points_do_not_tell_how_noisy_it_was(goal: float, noise: float, at_a_time: int) -> None:
    """What does one or two things at a time earns the same in every run."""
    once, again = speed(float(at_a_time), goal), speed(at_a_time * (1 + noise), goal)
    assert score.points(Verdict.FAILED, 4.0, once) == score.points(Verdict.FAILED, 4.0, again)
