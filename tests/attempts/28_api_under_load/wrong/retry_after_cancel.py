# NO_CANCEL: who is cancelled asks once more.
# Says: was asked for once more
import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)


async def one_session(app):
    async with aiohttp.ClientSession() as app[SESSION]:
        yield


async def ask(session, url):
    for attempt in range(3):
        try:
            async with session.get(url, raise_for_status=True) as response:
                return await response.json()
        except asyncio.CancelledError:
            if attempt == 2:
                raise
        except aiohttp.ClientError:
            if attempt == 2:
                raise


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
                ask(session, f"{upstream}/weather/{place}"), ask(session, f"{upstream}/sun/{place}")
            )
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, "weather": weather["weather"], "sun": sun["sun"]})

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
