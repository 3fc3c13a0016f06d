# A task's context ends with the task, so nothing has to be given back.
import asyncio
from contextvars import ContextVar

REQUEST = ContextVar("request", default=None)


def request_id():
    return REQUEST.get()


async def handle(requests, work):
    async def one(ident, order):
        REQUEST.set(ident)
        try:
            return await work(order)
        except Exception as error:
            return error

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(ident, order)) for ident, order in requests]
    return [task.result() for task in tasks]
