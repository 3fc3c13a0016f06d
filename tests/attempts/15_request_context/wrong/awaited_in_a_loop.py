# SERIAL: every id is right, one request after the other.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    answers = []
    for ident, order in requests:
        token = current.set(ident)
        try:
            answers.append(await work(order))
        except Exception as error:
            answers.append(error)
        finally:
            current.reset(token)
    return answers
