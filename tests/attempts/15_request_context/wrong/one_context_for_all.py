# WRONG_RESULT: all tasks run in one copy of the context.
import asyncio
from contextvars import ContextVar, copy_context

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    context = copy_context()

    async def one(ident, order):
        current.set(ident)
        return await work(order)

    tasks = [asyncio.create_task(one(*request), context=context) for request in requests]
    return await asyncio.gather(*tasks, return_exceptions=True)
