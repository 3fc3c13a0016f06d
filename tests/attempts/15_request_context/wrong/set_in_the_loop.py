# WRONG_RESULT: each task copies the right id, but the last one stays with the caller.
# Says: 'r-1' stayed
# Says: take it back
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    tasks = []
    for ident, order in requests:
        current.set(ident)
        tasks.append(asyncio.create_task(work(order)))
    return await asyncio.gather(*tasks, return_exceptions=True)
