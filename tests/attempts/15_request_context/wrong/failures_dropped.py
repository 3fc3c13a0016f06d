# SWALLOWED: what failed is missing among the answers.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    async def one(ident, order):
        current.set(ident)
        return await work(order)

    answers = await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
    return [None if isinstance(answer, Exception) else answer for answer in answers]
