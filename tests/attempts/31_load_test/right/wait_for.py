# asyncio.wait_for around a coroutine for each request; gather for all; the outcomes are counted at the end.
import asyncio
import math
import time
from typing import NamedTuple

import aiohttp

TIMEOUT_S = 0.5


class Stats(NamedTuple):

    rps: float
    p50_ms: float
    p99_ms: float
    errors: int
    timeouts: int


def percentile(values, share):
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


async def load(url, connections, rate, duration):
    slots = asyncio.Semaphore(connections)
    start_s = time.perf_counter()

    async def get():
        async with session.get(url) as response:
            await response.read()
            return response.status < 400

    async def ask(due_s):
        await asyncio.sleep(max(0, due_s - time.perf_counter()))
        async with slots:
            try:
                good = await asyncio.wait_for(get(), TIMEOUT_S)
            except asyncio.TimeoutError:
                return "timeout"
            except aiohttp.ClientError:
                return "error"
        return (time.perf_counter() - due_s) * 1000 if good else "error"

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        outcomes = await asyncio.gather(*(ask(start_s + n / rate) for n in range(round(rate * duration))))
    errors, timeouts = outcomes.count("error"), outcomes.count("timeout")
    latencies_ms = [outcome for outcome in outcomes if isinstance(outcome, float)]
    rps = len(latencies_ms) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
