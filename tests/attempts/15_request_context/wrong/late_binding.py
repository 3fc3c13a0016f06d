# WORK_SKIPPED: the coroutine functions of a loop look at its variables too late.
# Says: looks `ident` up when it runs
"""Handle some requests: all at the same time. Each line of the log carries the id of its request."""

import asyncio
from contextvars import ContextVar

_current = ContextVar("request id", default=None)


def request_id():
    """Return the id of the request that is being handled, or None if there is none."""
    return _current.get()


async def handle(requests, work):
    """Do the work of each request, and return what came of it, in the order of the requests."""
    tasks = []
    for ident, order in requests:

        async def handle_one():
            _current.set(ident)
            return await work(order)

        tasks.append(asyncio.create_task(handle_one()))
    return await asyncio.gather(*tasks, return_exceptions=True)
