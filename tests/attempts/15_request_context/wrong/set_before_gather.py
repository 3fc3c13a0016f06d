# WRONG_RESULT: gather makes the tasks when all has been set, so all get the last id.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    before = current.get()
    coroutines = []
    for ident, order in requests:
        current.set(ident)
        coroutines.append(work(order))
    answers = await asyncio.gather(*coroutines, return_exceptions=True)
    current.set(before)
    return answers
