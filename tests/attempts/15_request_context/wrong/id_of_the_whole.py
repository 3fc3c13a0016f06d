# WRONG_RESULT: where a request has an id already, its parts keep that.
# Says: set its id, too
import asyncio
from contextvars import ContextVar

_current = ContextVar("request id", default=None)


def request_id():
    return _current.get()


async def handle(requests, work):
    async def one(ident, order):
        if _current.get() is None:
            _current.set(ident)
        return await work(order)

    return await asyncio.gather(*(one(*each) for each in requests), return_exceptions=True)
