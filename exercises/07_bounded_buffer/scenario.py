"""Lets an attempt pass on items that take no time."""

import asyncio
import inspect
import sys
import time

from checker.attempt.awaited import asked_by

UNDISTURBED_S = 0.02
"""No thread has to give way to another one in less: who goes on is not waited for by whom it has just woken."""
FIRST_S = 0.05
"""The first item comes so late that all consumers wait for it."""


def quick(attempt, items, n_consumers, capacity) -> dict[str, object]:
    """The items that were consumed, sorted, and what pipeline returned."""
    consumed = []
    failures = pass_on(attempt, items, consumed.append, n_consumers, capacity)
    return {"consumed": sorted(consumed), "failures": failures}


def in_turn(attempt, items) -> list[int]:
    """How many failures pipeline returns when each item fails, and then, in another call, when none does."""

    def fail(item):
        raise ConnectionError(f"no line for {item}")

    return [len(pass_on(attempt, items, consume, 2, 2)) for consume in (fail, str)]


def pass_on(attempt, items, consume, n_consumers, capacity) -> object:
    """What pipeline returns."""
    left, latencies_s = iter(items), iter([FIRST_S])

    def produce():
        for latency_s in latencies_s:  # sleep(0) would let others go first
            time.sleep(latency_s)
        return next(left, None)

    async def produce_awaited():
        for latency_s in latencies_s:
            await asyncio.sleep(latency_s)
        return next(left, None)

    if inspect.iscoroutinefunction(attempt.pipeline):
        consume_awaited = asked_by(attempt.pipeline, consume)
        return asyncio.run(attempt.pipeline(produce_awaited, consume_awaited, n_consumers, capacity))
    sys.setswitchinterval(UNDISTURBED_S)
    return attempt.pipeline(produce, consume, n_consumers, capacity)
