# WRONG_RESULT: 201 is a good answer, too.
"""A load test: asks a web server for one page, at a given rate, and says how long the answers took."""

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
    """Good answers a second, from the start to the last answer."""
    p50_ms: float
    """Half of the good answers came within this many milliseconds ..."""
    p99_ms: float
    """... and 99 of 100 within this many, counted from the moment when the request was due."""
    errors: int
    """Answers with a status from 400 on, and broken connections."""
    timeouts: int


def percentile(values, share):
    """The smallest of the values that this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


async def load(url, connections, rate, duration):
    """Ask for the page rate * duration times, with at most so many requests under way at once. Return Stats.

    Request i (from 0) is due i / rate seconds after the start. It is sent as soon as it is due and a
    connection is free, never before. Its latency counts from when it was due.
    """
    latencies_ms, errors, timeouts = [], 0, 0
    slots = asyncio.Semaphore(connections)

    async def request(session, due_s):
        nonlocal errors, timeouts
        await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
        async with slots:
            try:
                async with asyncio.timeout(TIMEOUT_S), session.get(url) as response:
                    if response.status != 200:
                        raise aiohttp.ClientError(response.status)
                    await response.read()
                latencies_ms.append((time.perf_counter() - due_s) * 1000)
            except TimeoutError:
                timeouts += 1
            except (aiohttp.ClientError, OSError):
                errors += 1

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        start_s = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(round(rate * duration)):
                group.create_task(request(session, start_s + number / rate))
        took_s = time.perf_counter() - start_s
    rps = len(latencies_ms) / took_s if latencies_ms else 0.0
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
