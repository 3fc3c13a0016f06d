# NO_CANCEL: nobody can stop a thread that waits for an answer.
import asyncio
import json
from urllib.error import HTTPError
from urllib.request import urlopen

from aiohttp import web


def ask(url):
    with urlopen(url) as response:
        return json.load(response)


def make_app(upstream):
    async def city(request):
        name = request.match_info["name"]
        try:
            place = (await asyncio.to_thread(ask, f"{upstream}/location/{name}"))["place"]
        except HTTPError as error:
            raise web.HTTPNotFound if error.code == 404 else web.HTTPBadGateway from error
        except OSError as error:
            raise web.HTTPBadGateway from error
        try:
            weather, sun = await asyncio.gather(
                asyncio.to_thread(ask, f"{upstream}/weather/{place}"), asyncio.to_thread(ask, f"{upstream}/sun/{place}")
            )
        except OSError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, **weather, **sun})

    app = web.Application()
    app.router.add_get("/city/{name}", city)
    return app
