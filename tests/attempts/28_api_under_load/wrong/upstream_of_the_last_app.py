# WRONG_RESULT: the address of the services is kept at the top of the file, where the next make_app changes it.
# Says: Another app came and went meanwhile
"""A web service that puts a city's weather together from three other services."""

import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)
_settings = {}


async def ask(session, service, what):
    async with session.get(f"{_settings['upstream']}/{service}/{what}", raise_for_status=True) as response:
        return await response.json()


async def both(session, place):
    tasks = [asyncio.create_task(ask(session, service, place)) for service in ("weather", "sun")]
    try:
        weather, sun = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return weather["weather"], sun["sun"]


async def city(request):
    session, name = request.app[SESSION], request.match_info["name"]
    try:
        place = (await ask(session, "location", name))["place"]
    except aiohttp.ClientResponseError as error:
        raise web.HTTPNotFound if error.status == 404 else web.HTTPBadGateway from error
    except aiohttp.ClientError as error:
        raise web.HTTPBadGateway from error
    try:
        weather, sun = await both(session, place)
    except aiohttp.ClientError as error:
        raise web.HTTPBadGateway from error
    return web.json_response({"city": name, "weather": weather, "sun": sun})


async def one_session(app):
    async with aiohttp.ClientSession() as app[SESSION]:
        yield


def make_app(upstream: str) -> web.Application:
    """Return an app that answers GET /city/{name} with {"city": name, "weather": ..., "sun": ...}.

    The answer is 404 for an unknown city, and 502 (Bad Gateway) whenever a service fails otherwise.
    """
    _settings["upstream"] = upstream
    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
