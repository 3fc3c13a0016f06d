# CRASHED: asyncio.wait takes no empty list.
# Says: asyncio.wait needs one task at least
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    async def one(ident, order):
        current.set(ident)
        return await work(order)

    tasks = [asyncio.create_task(one(*request)) for request in requests]
    await asyncio.wait(tasks)
    return [task.exception() or task.result() for task in tasks]
