# A class holds the session; asyncio.wait ends at the first failure, and what is left is cancelled.
import asyncio

import aiohttp
from aiohttp import web


class Gateway:
    def __init__(self, upstream):
        self.upstream = upstream
        self.session = None

    async def life(self, app):
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        yield
        await self.session.close()

    async def ask(self, service, key):
        async with self.session.get(f"{self.upstream}/{service}/{key}") as response:
            if response.status == 404 and service == "location":
                raise web.HTTPNotFound
            if response.status >= 400:
                raise web.HTTPBadGateway
            return await response.json()

    async def both(self, place):
        tasks = [asyncio.create_task(self.ask(service, place)) for service in ("weather", "sun")]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            done = [task.result() for task in tasks if task.done()]
            return done[0] | done[1]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def city(self, request):
        name = request.match_info["name"]
        try:
            place = await self.ask("location", name)
            return web.json_response({"city": name} | await self.both(place["place"]))
        except aiohttp.ClientError as error:
            raise web.HTTPBadGateway from error


def make_app(upstream):
    gateway = Gateway(upstream)
    app = web.Application()
    app.cleanup_ctx.append(gateway.life)
    app.router.add_get("/city/{name}", gateway.city)
    return app
