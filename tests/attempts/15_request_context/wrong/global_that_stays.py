# WRONG_RESULT: a global for all requests, which keeps the last one's id for ever.
# Says: Set one ContextVar in each request's own task
import asyncio

current = None


def request_id():
    return current


async def handle(requests, work):
    async def one(ident, order):
        global current
        current = ident
        return await work(order)

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
