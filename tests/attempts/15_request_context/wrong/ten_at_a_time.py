# UNDER_USED: the eleventh request waits until the first ten are over.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    async def one(ident, order):
        current.set(ident)
        return await work(order)

    answers = []
    for first in range(0, len(requests), 10):
        answers += await asyncio.gather(*(one(*each) for each in requests[first : first + 10]), return_exceptions=True)
    return answers
