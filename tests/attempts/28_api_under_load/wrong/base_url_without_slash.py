# CRASHED: base_url takes the path of an address only with a slash at its end.
# Says: needs a `/` at its end
import asyncio
from contextlib import AsyncExitStack

from aiohttp import ClientError, ClientSession, web


def make_app(upstream):
    state = {}

    async def lifespan(app):
        async with AsyncExitStack() as stack:
            state["session"] = await stack.enter_async_context(ClientSession(upstream))
            yield
        state.clear()

    async def question(kind, what):
        response = await state["session"].get(f"{kind}/{what}")
        try:
            return response.status, await response.json() if response.ok else {}
        finally:
            response.release()

    async def city(request):
        name = request.match_info["name"]
        try:
            status, where = await question("location", name)
            match status:
                case 200:
                    pass
                case 404:
                    return web.json_response({"error": "no such city"}, status=404)
                case _:
                    return web.json_response({"error": "location"}, status=502)
            (s1, weather), (s2, sun) = await asyncio.gather(question("weather", where["place"]), question("sun", where["place"]))
        except (ClientError, OSError):
            return web.json_response({"error": "broken"}, status=502)
        if (s1, s2) != (200, 200):
            return web.json_response({"error": "weather or sun"}, status=502)
        return web.json_response({"city": name} | weather | sun)

    app = web.Application()
    app.cleanup_ctx.append(lifespan)
    app.add_routes([web.get("/city/{name}", city)])
    return app
