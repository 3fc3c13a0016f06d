# A middleware turns every failure upstream into a 502; routes by a table; a session with a base address.
import asyncio
from functools import partial

import aiohttp
from aiohttp import web

routes = web.RouteTableDef()
SESSION = web.AppKey("session", aiohttp.ClientSession)


@web.middleware
async def bad_gateway(request, handler):
    try:
        return await handler(request)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise web.HTTPBadGateway(reason=type(error).__name__) from error


async def session_of(upstream, app):
    async with aiohttp.ClientSession(upstream + "/", raise_for_status=True) as app[SESSION]:
        yield


async def ask(app, path):
    async with app[SESSION].get(path) as response:
        return await response.json()


@routes.get("/city/{name}")
async def city(request):
    name = request.match_info["name"]
    try:
        place = (await ask(request.app, f"location/{name}"))["place"]
    except aiohttp.ClientResponseError as error:
        if error.status == 404:
            raise web.HTTPNotFound from error
        raise
    weather, sun = await asyncio.gather(ask(request.app, f"weather/{place}"), ask(request.app, f"sun/{place}"))
    return web.json_response({"city": name, "weather": weather["weather"], "sun": sun["sun"]})


def make_app(upstream):
    app = web.Application(middlewares=[bad_gateway])
    app.cleanup_ctx.append(partial(session_of, upstream))
    app.add_routes(routes)
    return app
