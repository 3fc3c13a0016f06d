# WRONG_RESULT: a single request is awaited without a task, and None is not what the id was before.
import asyncio
from contextvars import ContextVar

_current = ContextVar("_current", default=None)


def request_id():
    return _current.get()


async def _one(ident, order, work):
    _current.set(ident)
    try:
        return await work(order)
    except Exception as error:
        return error
    finally:
        _current.set(None)


async def handle(requests, work):
    if len(requests) == 1:
        ident, order = requests[0]
        return [await _one(ident, order, work)]
    return await asyncio.gather(*(_one(ident, order, work) for ident, order in requests))
