# CRASHED: a token belongs to the context in which it was made.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    tokens = []

    async def one(ident, order):
        tokens.append(current.set(ident))
        return await work(order)

    answers = await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
    for token in tokens:
        current.reset(token)
    return answers
