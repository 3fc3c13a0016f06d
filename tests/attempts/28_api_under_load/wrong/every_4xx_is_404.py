# WRONG_RESULT: whatever /location refuses is taken for an unknown city.
"""A web service that puts a city's weather together from three other services."""

import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)
FAILURES = (aiohttp.ClientError, OSError, ValueError, KeyError, TypeError)


async def one_session(app):
    async with aiohttp.ClientSession() as session:
        app[SESSION] = session
        yield


async def ask(session, url, key):
    """What a service says under this key."""
    async with session.get(url, raise_for_status=True) as response:
        return (await response.json(content_type=None))[key]


async def weather_and_sun(session, upstream, place):
    """Both at the same time; if one fails, the other is not waited for."""
    tasks = [asyncio.create_task(ask(session, f"{upstream}/{key}/{place}", key)) for key in ("weather", "sun")]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


def make_app(upstream: str) -> web.Application:
    """Return an app that answers GET /city/{name} with {"city": name, "weather": ..., "sun": ...}.

    upstream is the address of three services that answer in JSON, each after 50 milliseconds:
    /location/{name} -> {"place": ...}, or 404 for an unknown city; then, with that place,
    /weather/{place} -> {"weather": ...} and /sun/{place} -> {"sun": ...}.

    The answer is 404 for an unknown city, and 502 (Bad Gateway) whenever a service fails otherwise.
    """

    async def city(request: web.Request) -> web.Response:
        session, name = request.app[SESSION], request.match_info["name"]
        try:
            place = await ask(session, f"{upstream}/location/{name}", "place")
        except aiohttp.ClientResponseError as error:
            raise (web.HTTPNotFound() if 400 <= error.status < 500 else web.HTTPBadGateway()) from error
        except FAILURES as error:
            raise web.HTTPBadGateway from error
        try:
            weather, sun = await weather_and_sun(session, upstream, place)
        except FAILURES as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, "weather": weather, "sun": sun})

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
