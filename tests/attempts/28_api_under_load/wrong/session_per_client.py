# LEAK_SESSION: a session for each client of the app.
import asyncio

import aiohttp
from aiohttp import web


async def ask(session, url):
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    async def city(request):
        async with aiohttp.ClientSession() as session:
            return await answer(session, request.match_info["name"])

    async def answer(session, name):
        try:
            place = (await ask(session, f"{upstream}/location/{name}"))["place"]
        except aiohttp.ClientError as error:
            unknown = isinstance(error, aiohttp.ClientResponseError) and error.status == 404
            raise web.HTTPNotFound if unknown else web.HTTPBadGateway from error
        try:
            weather, sun = await asyncio.gather(
                ask(session, f"{upstream}/weather/{place}"), ask(session, f"{upstream}/sun/{place}")
            )
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, **weather, **sun})

    app = web.Application()
    app.router.add_get("/city/{name}", city)
    return app
