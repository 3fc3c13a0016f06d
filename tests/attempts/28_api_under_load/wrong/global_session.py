# LEAK_SESSION: a global session that the first client opens, and nobody closes.
import asyncio

import aiohttp
from aiohttp import web

session = None


async def ask(url):
    global session
    if session is None:
        session = aiohttp.ClientSession()
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    async def city(request):
        name = request.match_info["name"]
        try:
            place = (await ask(f"{upstream}/location/{name}"))["place"]
        except aiohttp.ClientError as error:
            unknown = isinstance(error, aiohttp.ClientResponseError) and error.status == 404
            raise web.HTTPNotFound if unknown else web.HTTPBadGateway from error
        try:
            weather, sun = await asyncio.gather(
                ask(f"{upstream}/weather/{place}"), ask(f"{upstream}/sun/{place}")
            )
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, **weather, **sun})

    app = web.Application()
    app.router.add_get("/city/{name}", city)
    return app
