"""Calls a second, with a burst, in every window of time: the law of exercise 17."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judge.diagnosis import rate
from checker.judge.diagnosis.rate import TOLERANCE_S
from checker.model.codes import Code
from checker.model.evidence import Run, Span
from checker.model.outcome import Returned


def run_of(*starts_s: float) -> Run:
    """A run with a call at each of these moments, and one of something else at the beginning."""
    spans = [Span(name="ask", start_s=start_s, latency_s=0.05) for start_s in starts_s]
    other = Span(name="pause", start_s=0.0, latency_s=0.1)
    return Run(
        function="crowd", outcome=Returned(value=None), started_s=0.0, wall_s=9.0, spans=(other, *spans)
    )  # fmt: skip


def test_a_burst_and_then_the_rate_is_lawful() -> None:
    """Five at once, then one each fiftieth of a second."""
    lawful = run_of(*[0.0] * 5, *(n / 50 for n in range(1, 10)))
    assert rate.too_many(lawful, "ask", 50, 5) is None


def test_a_window_in_the_middle_that_is_too_full_is_found() -> None:
    """Twice the burst at the border of two windows: the sentence says how many in which time, and how many may."""
    starts_s = [0.0, 1.9, 1.9, 1.9, 1.9, 1.9, 1.91, 1.91, 1.91, 1.91, 1.91]
    found = rate.too_many(run_of(*starts_s), "ask", 50, 5, "Look at the border")
    assert found is not None
    wrong, margin_s = found
    assert wrong.code is Code.OVER_LIMIT
    assert wrong.sentence == "10 calls of ask began within 10 ms, where 5 at once and 50 a second allow 5."
    assert wrong.hint == "Look at the border"
    assert margin_s == pytest.approx(0.09 - TOLERANCE_S)


def test_a_little_early_is_tolerated() -> None:
    """A connection is not always opened in the same time."""
    assert rate.too_many(run_of(0.0, 0.02 - 0.9 * TOLERANCE_S), "ask", 50, 1) is None
    assert rate.too_many(run_of(), "ask", 50, 1) is None


@given(
    st.lists(st.floats(0, 0.5), min_size=1, max_size=30), st.integers(1, 100), st.integers(1, 6)
)  # fmt: skip
def test_a_token_bucket_never_breaks_the_law(pauses_s: list[float], per_s: int, burst: int) -> None:
    """Whoever takes a token from a bucket is within the law, whenever he comes."""
    now_s, tokens, starts_s = 0.0, float(burst), []
    for pause_s in pauses_s:
        wait_s = max(pause_s, (1 - min(burst, tokens + pause_s * per_s)) / per_s + pause_s)
        now_s, tokens = now_s + wait_s, min(burst, tokens + wait_s * per_s) - 1
        starts_s.append(now_s)
    window = rate.fullest(starts_s, per_s, burst)
    assert window is not None
    assert window.early_s < 1e-6
