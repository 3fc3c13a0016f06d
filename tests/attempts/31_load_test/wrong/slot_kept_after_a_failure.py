# DEADLOCK: the slot is given back only where all went well.
# Says: a lock or a semaphore that nobody will release
from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import aiohttp

TIMEOUT_S = 0.5


class Stats(NamedTuple):
    rps: float
    p50_ms: float
    p99_ms: float
    errors: int
    timeouts: int


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


@dataclass
class Tally:
    latencies_ms: list[float] = field(default_factory=list)
    errors: int = 0
    timeouts: int = 0

    def stats(self, seconds: float) -> Stats:
        return Stats(
            len(self.latencies_ms) / seconds,
            percentile(self.latencies_ms, 0.5),
            percentile(self.latencies_ms, 0.99),
            self.errors,
            self.timeouts,
        )


class LoadTest:
    def __init__(self, url: str, connections: int, rate: float) -> None:
        self._url, self._rate = url, rate
        self._slots = asyncio.Semaphore(connections)
        self._tally = Tally()
        self._timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)

    async def run(self, count: int) -> Stats:
        async with aiohttp.ClientSession(timeout=self._timeout) as self._session:
            loop = asyncio.get_running_loop()
            start = loop.time()
            async with asyncio.TaskGroup() as group:
                for number in range(count):
                    due = start + number / self._rate
                    await asyncio.sleep(max(0, due - loop.time()))
                    await self._slots.acquire()
                    group.create_task(self._one(due))
            return self._tally.stats(loop.time() - start)

    async def _one(self, due: float) -> None:
        try:
            async with self._session.get(self._url) as response:
                await response.read()
                response.raise_for_status()
        except asyncio.TimeoutError:
            self._tally.timeouts += 1
        except aiohttp.ClientError:
            self._tally.errors += 1
        else:
            self._tally.latencies_ms.append((asyncio.get_running_loop().time() - due) * 1000)
            self._slots.release()


async def load(url: str, connections: int, rate: float, duration: float) -> Stats:
    return await LoadTest(url, connections, rate).run(round(rate * duration))
