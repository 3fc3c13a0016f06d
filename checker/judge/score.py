"""How many points a check earns. Pure."""

from __future__ import annotations

import math

from checker.model.answer import Speed, Verdict

TENTHS = 10


def points(verdict: Verdict, max_score: float, speed: Speed | None = None) -> float:
    """All points for a passed check; for a timed one that failed, log(speed-up) / log(goal) of them.

    Floored to tenths, never below 0 and never all. Partial credit is given only with right results and with
    evidence of work side by side: `speed.overlapped` stands for both.
    """
    if verdict is Verdict.PASSED:
        return max_score
    if verdict is not Verdict.FAILED or speed is None or not speed.overlapped or speed.speedup <= 1:
        return 0.0
    share = min(math.log(speed.speedup) / math.log(speed.goal), 1.0)
    earned = math.floor(share * max_score * TENTHS) / TENTHS
    return max(0.0, min(earned, max_score - 1 / TENTHS))
