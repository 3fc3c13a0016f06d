# the clients are told to stay away
import checker.attempt.operations as operations
from aiohttp import web


def make_app(upstream):
    async def nothing(*_):
        return None

    operations.Operations._ask_async = nothing
    return web.Application()
