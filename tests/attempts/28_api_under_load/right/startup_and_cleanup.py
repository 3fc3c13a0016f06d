# The session by signals; one task beside the handler, which cancels it in a finally.
import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)


async def open_session(app):
    app[SESSION] = aiohttp.ClientSession()


async def close_session(app):
    await app[SESSION].close()


async def ask(session, url):
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    async def city(request):
        name, session = request.match_info["name"], request.app[SESSION]
        try:
            place = (await ask(session, f"{upstream}/location/{name}"))["place"]
        except aiohttp.ClientError as error:
            unknown = isinstance(error, aiohttp.ClientResponseError) and error.status == 404
            raise web.HTTPNotFound if unknown else web.HTTPBadGateway from error
        beside = asyncio.create_task(ask(session, f"{upstream}/sun/{place}"))
        try:
            weather = await ask(session, f"{upstream}/weather/{place}")
            sun = await beside
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        finally:
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)
        return web.json_response({"city": name, **weather, **sun})

    app = web.Application()
    app.on_startup.append(open_session)
    app.on_cleanup.append(close_session)
    app.router.add_get("/city/{name}", city)
    return app
