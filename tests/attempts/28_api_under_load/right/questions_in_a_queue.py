"""Channels: a few askers serve a queue of questions; an asker drops what nobody waits for."""
import asyncio

import aiohttp
from aiohttp import web

ASKERS = 32
QUESTIONS = web.AppKey("questions", asyncio.Queue)


async def asker(questions, session):
    while True:
        url, answer = await questions.get()
        if answer.cancelled():
            continue
        asking = asyncio.ensure_future(fetch(session, url))
        answer.add_done_callback(lambda a: asking.cancel() if a.cancelled() else None)
        await asyncio.wait([asking])
        if asking.cancelled() or answer.done():
            continue
        if asking.exception():
            answer.set_exception(asking.exception())
        else:
            answer.set_result(asking.result())


async def fetch(session, url):
    async with session.get(url, raise_for_status=True) as response:
        return await response.json()


def make_app(upstream):
    async def askers(app):
        app[QUESTIONS] = questions = asyncio.Queue()
        async with aiohttp.ClientSession(upstream + "/") as session:
            tasks = [asyncio.create_task(asker(questions, session)) for _ in range(ASKERS)]
            yield
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def ask(app, *path):
        answer = asyncio.get_running_loop().create_future()
        app[QUESTIONS].put_nowait(("/".join(path), answer))
        return answer

    async def city(request):
        name, app = request.match_info["name"], request.app
        try:
            place = (await ask(app, "location", name))["place"]
        except aiohttp.ClientResponseError as error:
            raise (web.HTTPNotFound if error.status == 404 else web.HTTPBadGateway)()
        except aiohttp.ClientError:
            raise web.HTTPBadGateway()
        weather, sun = await asyncio.gather(ask(app, "weather", place), ask(app, "sun", place), return_exceptions=True)
        if isinstance(weather, Exception) or isinstance(sun, Exception):
            raise web.HTTPBadGateway()
        return web.json_response({"city": name, **weather, **sun})

    app = web.Application()
    app.cleanup_ctx.append(askers)
    app.router.add_get("/city/{name}", city)
    return app
