# WRONG_RESULT: the list of latencies belongs to the class: a second load test has those of the first, too.
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


class Tally:
    """Counts how requests end."""

    latencies_ms = []
    errors = 0
    timeouts = 0

    async def judge(self, request, due_s):
        try:
            await request
        except TimeoutError:
            self.timeouts += 1
        except aiohttp.ClientError:
            self.errors += 1
        else:
            self.latencies_ms.append((time.perf_counter() - due_s) * 1000)

    def stats(self, elapsed_s):
        return Stats(
            len(self.latencies_ms) / elapsed_s,
            percentile(self.latencies_ms, 0.50),
            percentile(self.latencies_ms, 0.99),
            self.errors,
            self.timeouts,
        )


async def get(session, url):
    async with asyncio.timeout(TIMEOUT_S), session.get(url, raise_for_status=True) as response:
        await response.read()


async def load(url, connections, rate, duration):
    """Ask for the page rate * duration times, with at most so many requests under way at once. Return Stats."""
    tally, slots = Tally(), asyncio.Semaphore(connections)

    async def request(session, due_s):
        await asyncio.sleep(due_s - time.perf_counter())
        async with slots:
            await tally.judge(get(session, url), due_s)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        start_s = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(round(rate * duration)):
                group.create_task(request(session, start_s + number / rate))
        elapsed_s = time.perf_counter() - start_s
    return tally.stats(elapsed_s)
