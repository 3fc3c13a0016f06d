# WRONG_RESULT: who waited least gets the free connection.
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


class Stack:
    """Whoever came last is served first."""

    def __init__(self, free):
        self.free, self.waiting = free, []

    async def __aenter__(self):
        if self.free:
            self.free -= 1
            return
        future = asyncio.get_running_loop().create_future()
        self.waiting.append(future)
        await future

    async def __aexit__(self, *_):
        if self.waiting:
            self.waiting.pop().set_result(None)
        else:
            self.free += 1


async def load(url, connections, rate, duration):
    slots = Stack(connections)
    latencies_ms, errors, timeouts = [], 0, 0

    async def one(due_s):
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
                group.create_task(one(start_s + number / rate))
        took_s = time.perf_counter() - start_s
    return Stats(len(latencies_ms) / took_s, percentile(latencies_ms, 0.5), percentile(latencies_ms, 0.99), errors, timeouts)
