# LOST: tasks are kept by their orders: two requests for the same have one answer.
# Says: has a place and an answer of its own
"""Handle some requests: all at the same time. Each line of the log carries the id of the request that it belongs to."""

import asyncio
from contextvars import ContextVar

_current = ContextVar("request id", default=None)


def request_id():
    """Return the id of the request that is being handled, or None if there is none."""
    return _current.get()


async def handle(requests, work):
    """Do the work of each request, and return what came of it, in the order of the requests.

    An exception that `work` raises takes the answer's place. Each request has a task, and so a context, of its own.
    """
    tasks = {order: asyncio.create_task(_handle(ident, order, work)) for ident, order in requests}
    await asyncio.wait(tasks.values()) if tasks else None
    return [tasks[order].exception() or tasks[order].result() for _, order in requests]


async def _handle(ident, order, work):
    token = _current.set(ident)
    try:
        return await work(order)
    finally:
        _current.reset(token)
