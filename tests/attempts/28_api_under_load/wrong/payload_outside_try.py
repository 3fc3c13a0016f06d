# WRONG_RESULT: gather gets the answers' beginnings, and the bodies are read outside of the try.
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


async def head(session, url):
    return await session.get(url, raise_for_status=True)


def make_app(upstream):
    async def city(request):
        name, session = request.match_info["name"], request.app[SESSION]
        try:
            place = (await ask(session, f"{upstream}/location/{name}"))["place"]
        except aiohttp.ClientResponseError as error:
            raise web.HTTPNotFound if error.status == 404 else web.HTTPBadGateway from error
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        try:
            weather, sun = await asyncio.gather(
                head(session, f"{upstream}/weather/{place}"), head(session, f"{upstream}/sun/{place}")
            )
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        weather, sun = await weather.json(), await sun.json()
        return web.json_response({"city": name, "weather": weather["weather"], "sun": sun["sun"]})

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
