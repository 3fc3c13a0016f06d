# answers that nobody was asked for
from aiohttp import web


def make_app(upstream):
    async def city(request):
        name = request.match_info["name"]
        return web.json_response({"city": name, "weather": "0" * 12, "sun": "0" * 12})

    app = web.Application()
    app.router.add_get("/city/{name}", city)
    return app
