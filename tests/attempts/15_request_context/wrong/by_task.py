# WRONG_RESULT: a dict by task knows nothing of the tasks and threads that the work starts.
import asyncio

ids = {}


def request_id():
    try:
        return ids.get(asyncio.current_task())
    except RuntimeError:
        return None


async def handle(requests, work):
    async def one(ident, order):
        ids[asyncio.current_task()] = ident
        try:
            return await work(order)
        finally:
            del ids[asyncio.current_task()]

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
