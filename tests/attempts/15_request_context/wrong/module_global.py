# WRONG_RESULT: one global for sixteen requests at a time.
import asyncio

current = None


def request_id():
    return current


async def handle(requests, work):
    async def one(ident, order):
        global current
        before, current = current, ident
        try:
            return await work(order)
        finally:
            current = before

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
