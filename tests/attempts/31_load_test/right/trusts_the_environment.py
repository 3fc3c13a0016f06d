"""The session reads the proxy's settings and passwords, as behind a company's proxy: aiohttp does that in threads."""

import asyncio
import math
import time
from typing import NamedTuple

import aiohttp

TIMEOUT_S = 0.5
"""An answer that has not come so long after its request was sent will not be waited for any longer."""


class Stats(NamedTuple):
    """What a load test found out."""

    rps: float
    p50_ms: float
    p99_ms: float
    errors: int
    timeouts: int


def percentile(values, share):
    """The smallest of the values that this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


async def load(url, connections, rate, duration):
    """Ask for the page rate * duration times, with at most so many requests under way at once. Return Stats.

    Request i (from 0) is due i / rate seconds after the start, and its latency counts from then.
    """
    slots = asyncio.Semaphore(connections)
    latencies_ms, errors, timeouts = [], 0, 0
    start_s = time.perf_counter()

    async def ask(due_s):
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

    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(trust_env=True, connector=connector) as session, asyncio.TaskGroup() as group:
        for number in range(round(rate * duration)):
            group.create_task(ask(start_s + number / rate))
    rps = len(latencies_ms) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
