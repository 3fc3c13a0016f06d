"""Asks for quotes, and loses interest before they are there."""

import asyncio
import inspect

from checker.attempt.awaited import blocking, called


async def walk_away(attempt, sources, ask, deadline, moment) -> object:
    """Start `quotes` as a task, cancel it after a moment, and end as it ends: with its result or its exception."""
    if not inspect.iscoroutinefunction(attempt.quotes):
        await _quotes(attempt, sources, ask, deadline)
        raise asyncio.CancelledError  # a plain function cannot be cancelled: all that can be found out is how it works
    task = asyncio.create_task(attempt.quotes(sources, ask, deadline))
    await asyncio.sleep(0.05)  # so that every source has been asked before the moment begins
    await moment()
    task.cancel()
    return await task


async def quotes_in_turn(attempt, deadline, silent_s) -> object:
    """What quotes returns for three sources, when in an earlier call the second one has answered, and the third one has
    failed: now the second one is silent, and the third one answers."""
    latencies_s, broken = {"north": 0.0, "south": 0.0, "east": 0.0}, {"east"}

    async def ask(source):
        await asyncio.sleep(latencies_s[source])
        if source in broken:
            raise ConnectionError("the line is dead")
        return "99.75"

    await _quotes(attempt, list(latencies_s), ask, deadline)
    latencies_s["south"] = silent_s
    broken.clear()
    return await _quotes(attempt, list(latencies_s), ask, deadline)


async def _quotes(attempt, sources, ask, deadline):
    asked = ask if inspect.iscoroutinefunction(attempt.quotes) else blocking(ask)
    return await called(attempt.quotes, sources, asked, deadline)
