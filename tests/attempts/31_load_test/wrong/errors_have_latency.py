# WRONG_RESULT: an error was answered too, it says, and counts for the percentiles.
# Says: Errors and timeouts are in neither
import asyncio
import math
import time
from typing import NamedTuple

import aiohttp

TIMEOUT_S = 0.5
"""An answer that has not come so long after its request was sent will not be waited for any longer."""


class Stats(NamedTuple):

    rps: float
    p50_ms: float
    p99_ms: float
    errors: int
    timeouts: int


def percentile(values, share):
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


async def load(url, connections, rate, duration):
    latencies_ms, errors, timeouts = [], 0, 0
    slots = asyncio.Semaphore(connections)

    async def one(number):
        nonlocal errors, timeouts
        due_s = start_s + number / rate
        await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
        async with slots:
            try:
                async with asyncio.timeout(TIMEOUT_S), session.get(url, raise_for_status=True) as response:
                    await response.read()
                latencies_ms.append((time.perf_counter() - due_s) * 1000)
            except TimeoutError:
                timeouts += 1
            except aiohttp.ClientError:
                errors += 1
                latencies_ms.append((time.perf_counter() - due_s) * 1000)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        start_s = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(round(rate * duration)):
                group.create_task(one(number))
        rps = (len(latencies_ms) - errors) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
