"""loop.call_at for the moments, callbacks for the rest, a future for the end."""
import asyncio
import collections
import math

import aiohttp

TIMEOUT_S = 0.5


class Stats(collections.namedtuple("Stats", ["rps", "p50_ms", "p99_ms", "errors", "timeouts"])):
    __slots__ = ()


class Run:
    def __init__(self, session, url, connections, count, rate):
        self.loop = asyncio.get_running_loop()
        self.session, self.url, self.free = session, url, connections
        self.left, self.queue, self.good = count, collections.deque(), []
        self.errors = self.timeouts = 0
        self.over = self.loop.create_future()
        self.tasks = set()
        self.start = self.loop.time()
        if not count:
            self.over.set_result(None)
        for number in range(count):
            due = self.start + number / rate
            self.loop.call_at(due, self.is_due, due)

    def is_due(self, due):
        self.queue.append(due)
        self.send()

    def send(self):
        while self.free and self.queue:
            self.free -= 1
            due = self.queue.popleft()
            task = self.loop.create_task(asyncio.wait_for(self.get(), TIMEOUT_S))
            self.tasks.add(task)
            task.add_done_callback(lambda task, due=due: self.ended(task, due))

    async def get(self):
        async with self.session.get(self.url, raise_for_status=True) as response:
            await response.read()

    def ended(self, task, due):
        self.tasks.discard(task)
        match task.exception():
            case None:
                self.good.append((self.loop.time() - due) * 1000)
            case TimeoutError():
                self.timeouts += 1
            case _:
                self.errors += 1
        self.free += 1
        self.left -= 1
        self.send()
        if not self.left and not self.over.done():
            self.over.set_result(None)


async def load(url, connections, rate, duration):
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        run = Run(session, url, connections, round(rate * duration), rate)
        await run.over
        seconds = run.loop.time() - run.start
    good = sorted(run.good)
    p = lambda share: good[max(0, math.ceil(share * len(good)) - 1)] if good else 0.0
    return Stats(len(good) / seconds, p(0.5), p(0.99), run.errors, run.timeouts)
