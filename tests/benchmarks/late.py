"""Answers of the world that come late, at random: what a busy machine does now and then, and far oftener than it."""

from __future__ import annotations

import asyncio
import random
from functools import cache
from pathlib import Path

from checker.model.answer import AttemptResult
from checker.world import listening, site
from checker.world.loop import TURNS, come_round
from tests import test_attempts

MORE_S = (0.1, 0.3)
"""The least and the most that an answer comes later."""


@cache
def hold_up(share: float) -> None:
    """From now on, of all answers that this process gives to attempts, so many (0 to 1) come late.

    It is the grader that gives them late, and it knows: no attempt is to blame.
    """

    async def at_last(turns: int = TURNS) -> float:
        if random.random() < share:
            await asyncio.sleep(random.uniform(*MORE_S))
        return await come_round(turns)

    for module in (listening, site):  # here an operation's time is over, and its end has not yet been taken
        setattr(module, "come_round", at_last)  # noqa: B010  (mypy: the modules only import it)


def graded(share: float, path: Path, only: str) -> AttemptResult:
    """As `test_attempts.graded`, in a worker of its pool, where so many answers come late."""
    hold_up(share)
    return test_attempts.graded(path, only)
