"""A web service that puts a city's weather together from three other services: one client after the other."""

import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import urlopen

from aiohttp import web


def ask(url: str) -> dict:
    """The JSON answer to a GET. Raises OSError: HTTPError for a status from 400 on, others for a broken connection."""
    try:
        with urlopen(url) as response:
            return json.load(response)
    except HTTPException as error:  # it broke in the middle of the answer
        raise ConnectionError(url) from error


def make_app(upstream: str) -> web.Application:
    """Return an app that answers GET /city/{name} with {"city": name, "weather": ..., "sun": ...}.

    upstream is the address of three services that answer in JSON, each after 50 milliseconds:
    /location/{name} -> {"place": ...}, or 404 for an unknown city; then, with that place,
    /weather/{place} -> {"weather": ...} and /sun/{place} -> {"sun": ...}.

    The answer is 404 for an unknown city, and 502 (Bad Gateway) whenever a service fails otherwise.
    """

    def city(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        try:
            place = ask(f"{upstream}/location/{name}")["place"]
        except HTTPError as error:
            raise web.HTTPNotFound if error.code == 404 else web.HTTPBadGateway from error
        except OSError as error:
            raise web.HTTPBadGateway from error
        try:
            weather = ask(f"{upstream}/weather/{place}")["weather"]
            sun = ask(f"{upstream}/sun/{place}")["sun"]
        except OSError as error:
            raise web.HTTPBadGateway from error
        return web.json_response({"city": name, "weather": weather, "sun": sun})

    app = web.Application()
    app.router.add_get("/city/{name}", city)
    return app
