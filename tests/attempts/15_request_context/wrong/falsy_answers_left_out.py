# LOST: an answer of None is an answer, and is left out.
import asyncio
import contextvars
from contextvars import ContextVar

_current = ContextVar("request id", default=None)


def request_id():
    return _current.get()


async def handle(requests, work):
    tasks = []
    for ident, order in requests:
        context = contextvars.copy_context()
        context.run(_current.set, ident)
        tasks.append(asyncio.create_task(work(order), context=context))
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    return [answer for answer in answers if answer]
