# BAD_RESULT_TYPE: tasks instead of answers.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    async def one(ident, order):
        current.set(ident)
        return await work(order)

    return [asyncio.create_task(one(*request)) for request in requests]
