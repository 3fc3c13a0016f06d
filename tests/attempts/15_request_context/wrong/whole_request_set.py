# WRONG_RESULT: the whole request is set, id and order.
# Says: look at what you `set`
import asyncio
from contextvars import ContextVar

_current = ContextVar("request id", default=None)


def request_id():
    return _current.get()


async def handle(requests, work):
    async def one(request):
        _current.set(request)
        return await work(request[1])

    return await asyncio.gather(*map(one, requests), return_exceptions=True)
