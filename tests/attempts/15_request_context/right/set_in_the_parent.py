# Set before each task is made, which takes a copy of it along, and given back at once.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    tasks = []
    for ident, order in requests:
        token = current.set(ident)
        tasks.append(asyncio.create_task(work(order)))
        current.reset(token)
    return await asyncio.gather(*tasks, return_exceptions=True)
