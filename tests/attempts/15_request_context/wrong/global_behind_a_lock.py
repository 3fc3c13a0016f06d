# SERIAL: a lock keeps the global right, and everybody waiting.
import asyncio

current = None


def request_id():
    return current


async def handle(requests, work):
    turn = asyncio.Lock()

    async def one(ident, order):
        global current
        async with turn:
            before, current = current, ident
            try:
                return await work(order)
            finally:
                current = before

    return await asyncio.gather(*(one(*request) for request in requests), return_exceptions=True)
