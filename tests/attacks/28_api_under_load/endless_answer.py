# an answer without an end
import asyncio

from aiohttp import web


def make_app(upstream):
    async def city(request):
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 2**16)
            await asyncio.sleep(0)

    app = web.Application()
    app.router.add_get("/city/{name}", city)
    return app
