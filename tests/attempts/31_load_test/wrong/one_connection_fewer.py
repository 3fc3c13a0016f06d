# UNDER_USED: one worker fewer than connections.
"""Each connection is a worker; they draw from one iterator of moments."""
import asyncio
import itertools
import math
import time
from collections import Counter, namedtuple

import aiohttp

TIMEOUT_S = 0.5
Stats = namedtuple("Stats", "rps p50_ms p99_ms errors timeouts")


async def load(url, connections, rate, duration):
    start = time.monotonic()
    moments = (start + i / rate for i in range(round(rate * duration)))
    good, bad = [], Counter()

    async def connection(session):
        for due in moments:
            await asyncio.sleep(due - time.monotonic())
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    response = await session.get(url)
                    await response.read()
                response.raise_for_status()
                good.append(1000 * (time.monotonic() - due))
            except Exception as e:
                bad[isinstance(e, TimeoutError)] += 1

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*map(connection, itertools.repeat(session, max(1, connections - 1))))
    took = time.monotonic() - start
    good.sort()
    at = lambda share: good[math.ceil(share * len(good)) - 1] if good else 0.0
    return Stats(len(good) / took, at(0.5), at(0.99), bad[False], bad[True])
