# WRONG_RESULT: without raise_for_status, the JSON of a failure is an answer like any other.
# Says: where 404 is right
import asyncio

import aiohttp
from aiohttp import web


SESSION = web.AppKey("session", aiohttp.ClientSession)


async def one_session(app):
    async with aiohttp.ClientSession() as app[SESSION]:
        yield


def make_app(upstream):
    async def ask(path):
        async with app[SESSION].get(upstream + path) as response:
            return await response.json()

    async def city(request):
        name = request.match_info["name"]
        try:
            place = (await ask(f"/location/{name}"))["place"]
        except aiohttp.ClientResponseError as error:
            raise web.HTTPNotFound if error.status == 404 else web.HTTPBadGateway from error
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        try:
            weather, sun = await asyncio.gather(ask(f"/weather/{place}"), ask(f"/sun/{place}"))
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, "weather": weather["weather"], "sun": sun["sun"]})

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
