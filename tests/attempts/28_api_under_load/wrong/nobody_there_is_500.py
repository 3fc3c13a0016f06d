# WRONG_RESULT: a service that is not there is an error of a kind that nobody catches.
# Says: a service that is not there
import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)
UPSTREAM_FAILED = (aiohttp.ClientResponseError, aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError)


async def one_session(app):
    async with aiohttp.ClientSession() as app[SESSION]:
        yield


async def ask(session, url):
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    async def city(request):
        name, session = request.match_info["name"], request.app[SESSION]
        try:
            place = (await ask(session, f"{upstream}/location/{name}"))["place"]
        except UPSTREAM_FAILED as error:
            unknown = isinstance(error, aiohttp.ClientResponseError) and error.status == 404
            raise web.HTTPNotFound if unknown else web.HTTPBadGateway from error
        try:
            weather, sun = await asyncio.gather(
                ask(session, f"{upstream}/weather/{place}"), ask(session, f"{upstream}/sun/{place}")
            )
        except UPSTREAM_FAILED as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, **weather, **sun})

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
