"""Feeds an attempt's pipeline, takes what comes out of it, and may leave before the end."""

import asyncio
import inspect
from contextlib import aclosing, nullcontext, suppress
from types import SimpleNamespace

STARTED_S = 0.05
"""By then the first items are on their way through the pipeline."""


async def collect(attempt, items, width, world, leave_after=None) -> list[object]:
    """Take every result, or only so many, and then leave. Returns what came, in a list."""
    stream, use = _started(attempt, items, width, world)
    return await _drain(stream, use, leave_after)


async def collect_slowly(attempt, items, width, world) -> list[object]:
    """Take the first result, and the others only when the source has not been asked for a while."""
    asked = []
    stream, use = _started(attempt, items, width, world, asked)
    rested = False

    async def use_after_a_rest():
        nonlocal rested
        before = -1
        while not rested and before < len(asked):
            before = len(asked)
            await world.moment()
        rested = True
        await use()

    return await _drain(stream, use_after_a_rest)


async def left_beside_a_failure(attempt, items, width, world) -> list[object]:
    """Take the first result, and leave when the item "bad" has failed, which nobody has asked for. Returns what came.

    Whether that failure comes out of the leaving is left to the attempt.
    """
    taken = asyncio.Event()

    async def parse(item):
        if item == "bad":
            await taken.wait()
        return await world.parse(item)

    async def use():
        taken.set()
        await world.use()

    stream, _ = _started(attempt, items, width, SimpleNamespace(**vars(world) | {"parse": parse}))
    results = []
    with suppress(ConnectionError, ExceptionGroup):
        await _drain(stream, use, 1, results)
    return results


async def failure(attempt, items, width, world) -> list[object]:
    """Take every result. Returns the exception that comes instead of one, in a list."""
    try:
        await collect(attempt, items, width, world)
    except ConnectionError as error:
        return [error]
    return []


async def cancelled(attempt, items, width, world) -> object:
    """Somebody cancels who takes the results, and waits for the next one. Raises CancelledError, as it should."""
    task = asyncio.create_task(collect(attempt, items, width, world))
    await asyncio.sleep(STARTED_S)
    await world.moment()
    task.cancel()
    return await task


def _started(attempt, items, width, world, asked=None):
    """The pipeline's results, and what a consumer does with each. A plain generator runs in a thread."""
    asked = [] if asked is None else asked
    if not inspect.isgeneratorfunction(attempt.pipeline):
        source = _source(items, world, asked)
        return attempt.pipeline(source, world.parse, world.store, width), world.use
    loop = asyncio.get_running_loop()

    def blocking(operation):
        return lambda *args: asyncio.run_coroutine_threadsafe(operation(*args), loop).result()

    source = _blocking_source(items, blocking(world.fetch), blocking(world.hang_up), asked)
    return _threaded(attempt.pipeline(source, blocking(world.parse), blocking(world.store), width)), world.use


async def _source(items, world, asked):
    try:
        for number in range(items):
            asked.append(number)
            yield await world.fetch(number)
    finally:
        await world.hang_up()


def _blocking_source(items, fetch, hang_up, asked):
    try:
        for number in range(items):
            asked.append(number)
            yield fetch(number)
    finally:
        hang_up()


async def _threaded(generator):
    """The same items, each made in a thread, where a plain generator may block."""
    end = object()
    try:
        while (item := await asyncio.to_thread(next, generator, end)) is not end:
            yield item
    finally:
        await asyncio.to_thread(generator.close)


async def _drain(stream, use, leave_after=None, results=None):
    """Take so many results, use each, and leave as one should: by closing the stream."""
    results = [] if results is None else results
    async with aclosing(stream) if hasattr(stream, "aclose") else nullcontext():
        async for result in stream:
            results.append(result)
            await use()
            if len(results) == leave_after:
                break
    return results
