# WORK_SKIPPED: it asks for /locations, where there is only /location, and takes the 404 for an unknown city.
# Says: No location was asked for
import asyncio

import aiohttp
from aiohttp import web


async def one_session(app):
    async with aiohttp.ClientSession() as app["session"]:
        yield


async def ask(session, url):
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    async def city(request):
        name, session = request.match_info["name"], request.app["session"]
        try:
            place = (await ask(session, f"{upstream}/locations/{name}"))["place"]
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
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
