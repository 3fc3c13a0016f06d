# CRASHED: only errors of the connection take an answer's place.
# Says: in the place of what failed
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
    return await asyncio.gather(*(_handle(*request, work) for request in requests))


async def _handle(ident, order, work):
    token = _current.set(ident)
    try:
        return await work(order)
    except OSError as error:
        return error
    finally:
        _current.reset(token)
