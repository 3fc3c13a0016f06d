"""Calls the functions of an attempt, and says what came of it as plain data."""

import asyncio
import inspect

from checker.attempt.awaited import blocking, called


async def collect(attempt, calls) -> list[object]:
    """What collect gives back, in one list: the results, then the errors."""
    results, errors = await _called(attempt.collect, calls)
    return [*results, *errors]


async def collect_in_turn(attempt) -> list[object]:
    """What collect gives back when one of two calls fails; and then, the next time, when one call works."""

    async def fails():
        raise ConnectionError("no line")

    async def works():
        return "works"

    before = [len(each) for each in await _called(attempt.collect, [works, fails])]
    return [before, [len(each) for each in await _called(attempt.collect, [works])]]


async def all_or_nothing_in_turn(attempt) -> list[str]:
    """How all_or_nothing ends, one time after another: of two calls both work, then one fails; then one alone works."""

    async def fails():
        raise ConnectionError("no line")

    async def works():
        return "works"

    return [await _ended(attempt, calls) for calls in ([works, works], [works, fails], [works])]


async def _ended(attempt, calls):
    try:
        return f"{len(await _called(attempt.all_or_nothing, calls))} results"
    except Exception as error:
        return type(error).__name__


async def all_or_nothing(attempt, calls) -> list[object]:
    """The errors in the group that all_or_nothing raises; none when it raises nothing."""
    try:
        await _called(attempt.all_or_nothing, calls)
    except ExceptionGroup as group:
        return list(group.exceptions)
    return []


async def collect_cancelled(attempt, calls, moment) -> None:
    """Cancel collect in the middle of its work."""
    await _cancelled(attempt.collect, calls, moment)


async def all_or_nothing_cancelled(attempt, calls, moment) -> None:
    """Cancel all_or_nothing in the middle of its work."""
    await _cancelled(attempt.all_or_nothing, calls, moment)


async def _cancelled(function, calls, moment):
    """Call it, and cancel it a moment later. Raises CancelledError, as it should."""
    if not inspect.iscoroutinefunction(function):
        await _called(function, calls)
        raise asyncio.CancelledError  # a plain `def` cannot be cancelled: all that can be found out is how it works
    task = asyncio.create_task(function(calls))
    await asyncio.sleep(0.05)  # so that every call is on its way before the moment begins
    await moment()
    task.cancel()
    await task


async def _called(function, calls):
    """Call it. A plain `def` gets calls that block."""
    return await called(function, calls if inspect.iscoroutinefunction(function) else list(map(blocking, calls)))
