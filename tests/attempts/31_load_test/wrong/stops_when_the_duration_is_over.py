# LOST: what is still under way when `duration` is over is cancelled.
# Says: given up at one moment
# Says: `duration` says when the last request is due
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

    async with aiohttp.ClientSession() as session:
        tasks = [asyncio.create_task(ask(start_s + number / rate)) for number in range(round(rate * duration))]
        _, late = await asyncio.wait(tasks, timeout=duration)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    rps = len(latencies_ms) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
