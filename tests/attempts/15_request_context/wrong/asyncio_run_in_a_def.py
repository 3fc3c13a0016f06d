# CRASHED: a plain `def` gets work that waits, and a loop of its own does not change that.
# Says: Only awaitables can be awaited
import asyncio
from contextvars import ContextVar

_current = ContextVar("request id", default=None)


def request_id():
    """Return the id of the request that is being handled, or None if there is none."""
    return _current.get()


def handle(requests, work):
    async def main():
        return await asyncio.gather(*(_handle(*request, work) for request in requests), return_exceptions=True)

    return asyncio.run(main())


async def handle_2(requests, work):
    """Do the work of each request, and return what came of it, in the order of the requests.

    An exception that `work` raises takes the answer's place. Each request has a task, and so a context, of its own.
    """
    return await asyncio.gather(*(_handle(*request, work) for request in requests), return_exceptions=True)


async def _handle(ident, order, work):
    token = _current.set(ident)
    try:
        return await work(order)
    finally:
        _current.reset(token)
