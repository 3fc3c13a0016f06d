# DUPLICATE: An order that fails is tried once more: what it does is done twice.
# Says: ask was called 4 times
"""Handle some requests: all at the same time, each in a task with an id of its own."""

import asyncio
from contextvars import ContextVar

_current = ContextVar("request id", default=None)


def request_id():
    return _current.get()


async def handle_one(ident, order, work):
    _current.set(ident)
    try:
        return await work(order)
    except Exception:
        return await work(order)


async def handle(requests, work):
    return await asyncio.gather(*(handle_one(ident, order, work) for ident, order in requests), return_exceptions=True)
