# WRONG_RESULT: what is read of /location is read outside of the try.
# Says: in the middle of an answer
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
    async def city(request):
        name, session = request.match_info["name"], request.app[SESSION]
        try:
            response = await session.get(f"{upstream}/location/{name}", raise_for_status=True)
        except aiohttp.ClientResponseError as error:
            raise web.HTTPNotFound if error.status == 404 else web.HTTPBadGateway from error
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        place = (await response.json())["place"]
        try:
            weather, sun = await asyncio.gather(
                ask(session, f"{upstream}/weather/{place}"), ask(session, f"{upstream}/sun/{place}")
            )
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, "weather": weather["weather"], "sun": sun["sun"]})

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
