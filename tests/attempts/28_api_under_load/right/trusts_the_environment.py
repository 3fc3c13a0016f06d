"""The session reads the proxy's settings and passwords, as behind a company's proxy: aiohttp does that in threads."""

import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)


async def one_session(app):
    """From the app's start to its end, one session for all requests."""
    async with aiohttp.ClientSession(trust_env=True) as app[SESSION]:
        yield


async def ask(session, url):
    """The JSON answer to a GET. Raises aiohttp.ClientError: for a status from 400 on, too."""
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    """Return an app that answers GET /city/{name} with {"city": name, "weather": ..., "sun": ...}.

    The answer is 404 for an unknown city, and 502 (Bad Gateway) whenever a service fails otherwise.
    """

    async def city(request):
        name, session = request.match_info["name"], request.app[SESSION]
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
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
