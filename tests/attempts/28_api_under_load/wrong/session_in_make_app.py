# LEAK_SESSION: a session that is opened when the app is made, and never closed.
import asyncio

import aiohttp
from aiohttp import web


def make_app(upstream):
    session = aiohttp.ClientSession(raise_for_status=True)

    async def ask(path):
        async with session.get(upstream + path) as response:
            return await response.json()

    async def city(request):
        name = request.match_info["name"]
        try:
            place = (await ask(f"/location/{name}"))["place"]
        except aiohttp.ClientResponseError as error:
            raise web.HTTPNotFound if error.status == 404 else web.HTTPBadGateway from error
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        try:
            weather, sun = await asyncio.gather(ask(f"/weather/{place}"), ask(f"/sun/{place}"))
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, "weather": weather["weather"], "sun": sun["sun"]})

    app = web.Application()
    app.router.add_get("/city/{name}", city)
    return app
