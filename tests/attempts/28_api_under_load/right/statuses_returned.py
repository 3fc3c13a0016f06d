# 404 and 502 are returned as responses, and not raised.
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
            place = (await ask(session, f"{upstream}/location/{name}"))["place"]
        except aiohttp.ClientError as error:
            unknown = isinstance(error, aiohttp.ClientResponseError) and error.status == 404
            return web.Response(status=404 if unknown else 502)
        try:
            weather, sun = await asyncio.gather(
                ask(session, f"{upstream}/weather/{place}"), ask(session, f"{upstream}/sun/{place}")
            )
        except aiohttp.ClientError as error:
            return web.json_response({"error": str(error)}, status=502)
        return web.json_response({"city": name, **weather, **sun})

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
