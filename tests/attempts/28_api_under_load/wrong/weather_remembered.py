# WRONG_RESULT: the answer for a city is kept for ever.
# Says: ask the services anew
import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)


async def one_session(app):
    async with aiohttp.ClientSession() as app[SESSION]:
        yield


async def ask(session, url):
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    known = {}

    async def city(request):
        name, session = request.match_info["name"], request.app[SESSION]
        if name in known:
            return web.json_response(known[name])
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
        known[name] = {"city": name, **weather, **sun}
        return web.json_response(known[name])

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
