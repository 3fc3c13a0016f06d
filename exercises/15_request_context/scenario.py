"""Plays the rest of the shop: the work for an order, which writes into a log, and asks request_id() for each line."""

import asyncio
import inspect
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

WRITERS = 2
"""Threads in which the work writes."""
CALLERS = 16
"""Threads in which a plain `def` may wait; each is started when it is needed."""


class Shop:
    """Works for orders by asking the stock, and by handling the parts of an order as requests of their own."""

    def __init__(self, attempt, ask, parts):
        self.attempt = attempt
        self.ask = ask
        self.parts = parts
        self.log = []
        self.callers = ThreadPoolExecutor(CALLERS)

    def write(self, line):
        """Write a line, with the id that the attempt says."""
        try:
            ident = self.attempt.request_id()
        except Exception as error:
            ident = f"{type(error).__name__}: {error}"
        self.log.append([line, ident if ident is None else str(ident)])

    async def in_a_task(self, line):
        """Write from a task of its own, which has let go of the event loop before."""
        await asyncio.sleep(0)
        self.write(line)

    async def work(self, order):
        """What one order takes: its own answer, and the answers of its parts."""
        self.write(f"{order} begins")
        answer = await self.ask(order)
        self.write(f"{order} is answered")
        await asyncio.create_task(self.in_a_task(f"{order} in a task"))
        await asyncio.to_thread(self.write, f"{order} in a thread")
        if order not in self.parts:
            return answer
        answers = await self.handle(self.parts[order])
        self.write(f"{order} after its parts")
        return [answer, *answers]

    async def handle(self, requests):
        """Call the attempt's `handle`. A plain `def` gets work that blocks, and a thread in which it may block."""
        requests = [tuple(request) for request in requests]
        if inspect.iscoroutinefunction(self.attempt.handle):
            return await self.attempt.handle(requests, self.work)
        loop = asyncio.get_running_loop()

        def work(order):
            return asyncio.run_coroutine_threadsafe(self.work(order), loop).result()

        context = copy_context()
        return await loop.run_in_executor(self.callers, context.run, self.attempt.handle, requests, work)


async def handle(attempt, requests, ask, log, parts) -> object:
    """What `handle` gives back; meanwhile the log is written, and at the end it is handed in."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(WRITERS))
    shop = Shop(attempt, ask, parts)
    shop.write("before")
    answers = await shop.handle(requests)
    shop.write("afterwards")
    shop.callers.shutdown()
    await log(dict(shop.log))
    return answers
