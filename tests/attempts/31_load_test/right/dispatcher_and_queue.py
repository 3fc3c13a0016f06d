# One task puts the moments into a queue when they come; quantiles of the standard library.
import asyncio
import statistics
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
    if len(values) < 2:
        return sum(values)
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


async def load(url, connections, rate, duration):
    slots = asyncio.Semaphore(connections)
    latencies_ms, errors, timeouts = [], 0, 0
    start_s = time.perf_counter()

    async def ask(due_s):
        nonlocal errors, timeouts
        async with slots:
            try:
                async with asyncio.timeout(TIMEOUT_S), session.get(url, raise_for_status=True) as response:
                    await response.read()
                latencies_ms.append((time.perf_counter() - due_s) * 1000)
            except TimeoutError:
                timeouts += 1
            except aiohttp.ClientError:
                errors += 1

    moments = asyncio.Queue()

    async def connection():
        while True:
            await ask(await moments.get())
            moments.task_done()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        workers = [asyncio.create_task(connection()) for _ in range(connections)]
        for number in range(round(rate * duration)):
            due_s = start_s + number / rate
            await asyncio.sleep(due_s - time.perf_counter())
            moments.put_nowait(due_s)
        await moments.join()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    rps = len(latencies_ms) / (time.perf_counter() - start_s)
    return Stats(rps, percentile(latencies_ms, 0.50), percentile(latencies_ms, 0.99), errors, timeouts)
