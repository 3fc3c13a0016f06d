# WRONG_RESULT: an assignment puts a string in the place of the variable.
# Says: `var.set(...)` fills it
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
    return await asyncio.gather(*(_handle(*request, work) for request in requests), return_exceptions=True)


async def _handle(ident, order, work):
    global _current
    _current = ident
    try:
        return await work(order)
    finally:
        _current = None
