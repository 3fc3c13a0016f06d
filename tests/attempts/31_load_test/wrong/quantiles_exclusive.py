# WRONG_RESULT: of a few latencies, p99 is far more than the longest.
"""A load test: asks a web server for one page, at a given rate, and says how long the answers took."""

import asyncio
import statistics
import time
from typing import NamedTuple

import aiohttp

TIMEOUT_S = 0.5
"""An answer that has not come so long after its request was sent will not be waited for any longer."""


class Stats(NamedTuple):
    """What a load test found out."""

    rps: float
    """Good answers a second, from the start to the last answer."""
    p50_ms: float
    """Half of the good answers came within this many milliseconds ..."""
    p99_ms: float
    """... and 99 of 100 within this many, counted from the moment when the request was due."""
    errors: int
    """Answers with a status from 400 on, and broken connections."""
    timeouts: int


def percentile(values, share):
    """The value that this share of them does not exceed."""
    if len(values) < 2:
        return float(sum(values))
    return statistics.quantiles(values, n=100)[round(share * 100) - 1]


async def load(url, connections, rate, duration):
    """Ask for the page rate * duration times, with at most so many requests under way at once. Return Stats.

    Request i (from 0) is due i / rate seconds after the start. It is sent as soon as it is due and a
    connection is free, never before. Its latency counts from when it was due.
    """
    latencies_ms, errors, timeouts = [], 0, 0
    slots = asyncio.Semaphore(connections)

    async def request(due_s):
        nonlocal errors, timeouts
        await asyncio.sleep(due_s - time.perf_counter())
        async with slots:
            try:
                async with asyncio.timeout(TIMEOUT_S), session.get(url, raise_for_status=True) as response:
                    await response.read()
                latencies_ms.append((time.perf_counter() - due_s) * 1000)
            except TimeoutError:
                timeouts += 1
            except aiohttp.ClientError:
                errors += 1

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        start_s = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(round(rate * duration)):
                group.create_task(request(start_s + number / rate))
        rps = len(latencies_ms) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
