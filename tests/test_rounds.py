"""An event loop that counts its rounds: at rest it makes none, and whoever polls is seen, in whatever task."""

from __future__ import annotations

import asyncio

from checker.attempt.rounds import CountedLoop

WAIT_S = 0.1


async def _rounds_while(loop: CountedLoop, beside: int) -> int:
    """How many rounds a wait of 0.1 s takes, beside a task that makes so many of its own."""

    async def asks() -> None:
        for _ in range(beside):
            await asyncio.sleep(0)

    asking = asyncio.create_task(asks())
    before = loop.rounds
    await asyncio.sleep(WAIT_S)
    await asking
    return loop.rounds - before


def test_a_loop_at_rest_makes_few_rounds() -> None:
    """A wait is a round or two, however long it is."""
    with asyncio.Runner(loop_factory=CountedLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, CountedLoop)
        assert runner.run(_rounds_while(loop, beside=0)) < 10


def test_whoever_polls_beside_it_is_counted() -> None:
    """Also where it is another task that asks again and again."""
    with asyncio.Runner(loop_factory=CountedLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, CountedLoop)
        assert runner.run(_rounds_while(loop, beside=100)) >= 100
