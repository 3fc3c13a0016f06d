# WRONG_RESULT: all tasks run in one thread, and so share what is local to it.
import asyncio
import threading

local = threading.local()


def request_id():
    return getattr(local, "ident", None)


async def handle(requests, work):
    async def one(ident, order):
        before, local.ident = request_id(), ident
        try:
            return await work(order)
        finally:
            local.ident = before

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
