"""How many points a check earns: a function of verdicts and of speed classes, never of a noisy number. Pure."""

from __future__ import annotations

import math

from checker.model.answer import Speed, Verdict

TENTHS = 10
HALF_WAY = 0.45
"""Share of the goal that counts as half. Not 0.5: with goals of 3, 4 and 5, attempts that do two things at a time are
exactly there, or a tenth beside it, and would change their class from run to run.
"""
HALF, A_FIFTH = 0.5, 0.2
"""Shares of the points: for half of the goal, and for any work side by side at all."""


def points(verdict: Verdict, max_score: float, speed: Speed | None = None) -> float:
    """All points for a passed check; for a timed one that failed, those of its class.

    Floored to tenths, never below 0 and never all. Partial credit is given only with right results and with
    evidence of work side by side: `speed.overlapped` stands for both.
    """
    if verdict is Verdict.PASSED:
        return max_score
    if verdict is not Verdict.FAILED or speed is None or not speed.overlapped:
        return 0.0
    share = HALF if speed.speedup >= HALF_WAY * speed.goal else A_FIFTH
    earned = math.floor(share * max_score * TENTHS) / TENTHS
    return max(0.0, min(earned, max_score - 1 / TENTHS))
