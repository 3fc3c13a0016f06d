# WRONG_RESULT: a new ContextVar for each request, and the log asks the latest.
# Says: Make it once, at the top of the file
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    async def one(ident, order):
        global current
        current = ContextVar("current", default=None)
        current.set(ident)
        return await work(order)

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
