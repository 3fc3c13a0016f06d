# WRONG_RESULT: the session is at the top of the file, and another app that ends closes it.
# Says: What belongs to one app is kept in it
import asyncio

import aiohttp
from aiohttp import web

session = None


async def one_session(app):
    global session
    async with aiohttp.ClientSession() as session:
        yield


async def ask(url):
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
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
