"""Lets an attempt pass on items that take no time."""

import asyncio
import inspect
import sys
import time

UNDISTURBED_S = 0.02
"""No thread has to give way to another one in less: who goes on is not waited for by whom it has just woken."""
FIRST_S = 0.05
"""The first item comes so late that all consumers wait for it."""


def quick(attempt, items, n_consumers, capacity):
    """The items that were consumed, sorted, and what pipeline returned."""
    left, latencies_s, consumed = iter(items), iter([FIRST_S]), []

    def produce():
        for latency_s in latencies_s:  # sleep(0) would let others go first
            time.sleep(latency_s)
        return next(left, None)

    async def produce_awaited():
        for latency_s in latencies_s:
            await asyncio.sleep(latency_s)
        return next(left, None)

    async def consume_awaited(item):
        consumed.append(item)

    if inspect.iscoroutinefunction(attempt.pipeline):
        failures = asyncio.run(attempt.pipeline(produce_awaited, consume_awaited, n_consumers, capacity))
    else:
        sys.setswitchinterval(UNDISTURBED_S)
        failures = attempt.pipeline(produce, consumed.append, n_consumers, capacity)
    return {"consumed": sorted(consumed), "failures": failures}
