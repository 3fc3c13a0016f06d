"""How many points a check earns: a function of verdicts and of speed classes, never of a noisy number. Pure."""

from __future__ import annotations

import math

from checker.model.answer import Speed, Verdict

TENTHS = 10
HALF_WAY, SIDE_BY_SIDE = 0.5, 0.2
"""Shares of the points for half of the way to the goal, and for any work side by side at all."""
STEP = math.sqrt(2)
"""Half of the way is where the speed-up is the goal's square root: as much again reaches it. A speed-up that is measured
again differs by a tenth; where a class ended is therefore in the middle between what wrong attempts reach (1, and the
goal), and an attempt that is very near to it is one for a person to look at.
"""


def points(verdict: Verdict, max_score: float, speed: Speed | None = None) -> float:
    """All points for a passed check; for a timed one that failed, those of its class.

    Floored to tenths, never below 0 and never all. Partial credit is given only with right results and with
    evidence of work side by side: `speed.overlapped` stands for both.
    """
    if verdict is Verdict.PASSED:
        return max_score
    if verdict is not Verdict.FAILED or speed is None or not speed.overlapped or speed.speedup <= 1:
        return 0.0
    share = HALF_WAY if speed.speedup >= math.sqrt(speed.goal) else SIDE_BY_SIDE
    earned = math.floor(share * max_score * TENTHS) / TENTHS
    return max(0.0, min(earned, max_score - 1 / TENTHS))
