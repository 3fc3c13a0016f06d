# WRONG_RESULT: cities move: the place of one that was asked for before is taken from a dictionary.
# Says: for the first one
"""A web service that puts a city's weather together from three other services."""

import asyncio

import aiohttp
from aiohttp import web

SESSION = web.AppKey("session", aiohttp.ClientSession)


async def one_session(app):
    async with aiohttp.ClientSession() as app[SESSION]:
        yield


async def ask(session: aiohttp.ClientSession, url: str) -> dict:
    """The JSON answer to a GET. Raises ClientError for a status from 400 on, and for a broken connection."""
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream: str) -> web.Application:
    """Return an app that answers GET /city/{name} with {"city": name, "weather": ..., "sun": ...}."""

    places = {}  # cities do not move

    async def city(request: web.Request) -> web.Response:
        name, session = request.match_info["name"], request.app[SESSION]
        if name not in places:
            try:
                places[name] = (await ask(session, f"{upstream}/location/{name}"))["place"]
            except aiohttp.ClientResponseError as error:
                raise web.HTTPNotFound if error.status == 404 else web.HTTPBadGateway from error
            except aiohttp.ClientError as error:
                raise web.HTTPBadGateway from error
        place = places[name]
        try:
            async with asyncio.TaskGroup() as group:
                weather = group.create_task(ask(session, f"{upstream}/weather/{place}"))
                sun = group.create_task(ask(session, f"{upstream}/sun/{place}"))
        except* aiohttp.ClientError as errors:
            raise web.HTTPBadGateway from errors
        answer = {"city": name, "weather": weather.result()["weather"], "sun": sun.result()["sun"]}
        return web.json_response(answer)

    app = web.Application()
    app.cleanup_ctx.append(one_session)
    app.router.add_get("/city/{name}", city)
    return app
