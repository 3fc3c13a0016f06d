# WRONG_RESULT: each call of handle makes a new ContextVar, and the log asks the latest.
# Says: Make it once, at the top of the file
import asyncio
from contextvars import ContextVar

current = None


def request_id():
    return current.get() if current else None


async def handle(requests, work):
    global current
    current = ContextVar("current", default=None)

    async def one(ident, order):
        current.set(ident)
        return await work(order)

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
