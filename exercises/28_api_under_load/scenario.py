"""Serves an attempt's app on the socket that the grader gives, while the grader's own clients come."""

import asyncio
from contextlib import asynccontextmanager

from aiohttp import web

SHUTDOWN_S = 0.1
"""So long may requests that are under way go on when the app shuts down; then their handlers are cancelled."""
GRACE_S = 0.1
"""aiohttp cancels a handler, and does not wait for its end: it needs a moment to tidy up."""


async def serve(attempt, upstream, listener, visitors, made_later=()) -> None:
    """Serve until all visitors have gone. They, not this, know what they were answered.

    made_later: the addresses of other services, for each of which another app is made, started, and ended before.
    """
    async with _served(attempt, upstream, listener):
        for address in made_later:
            other = web.AppRunner(_made_app(attempt, address))
            await other.setup()
            await other.cleanup()
        await visitors.visit()


async def shut_down(attempt, upstream, listener, visitors, moment) -> None:
    """Shut down at the moment at which a request is under way."""
    async with _served(attempt, upstream, listener):
        await visitors.come()
        await moment()


def _made_app(attempt, upstream):
    """What make_app returns where no event loop runs yet, as none does in `web.run_app(make_app(url))`.

    The loop is hidden from it: a thread that has none would count as one of the attempt's.
    """
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return attempt.make_app(upstream)
    finally:
        asyncio._set_running_loop(loop)


@asynccontextmanager
async def _served(attempt, upstream, listener):
    app = _made_app(attempt, upstream)
    # A handler whose client hangs up is cancelled only where the server is told so.
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await runner.cleanup()
        cancelled = asyncio.all_tasks() - {asyncio.current_task()}
        if cancelled:
            await asyncio.wait(cancelled, timeout=GRACE_S)
