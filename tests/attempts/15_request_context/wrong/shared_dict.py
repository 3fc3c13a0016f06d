# WRONG_RESULT: copies of a context hold the same dict, and all requests write into it.
# Says: Set one ContextVar in each request's own task
import asyncio
from contextvars import ContextVar

context = ContextVar("context", default={"ident": None})


def request_id():
    return context.get()["ident"]


async def handle(requests, work):
    async def one(ident, order):
        before, context.get()["ident"] = request_id(), ident
        try:
            return await work(order)
        finally:
            context.get()["ident"] = before

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
