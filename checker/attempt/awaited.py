"""For scenarios: an attempt may be an `async def` where a `def` is asked for, or still be a `def`."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any


def awaited(returned: Any) -> Any:
    """What a function returned; of a coroutine, what that returns on an event loop of its own."""
    return asyncio.run(returned) if inspect.iscoroutine(returned) else returned


def asked_by(function: Callable[..., Any], operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation in the form that the attempt's function calls: of an `async def`, a coroutine function."""
    if not inspect.iscoroutinefunction(function):
        return operation

    async def awaitable(*args: Any) -> Any:
        return operation(*args)

    return awaitable


async def called(function: Callable[..., Any], *args: Any) -> Any:
    """What a function returns, on the running event loop: a plain `def` has a thread, in which it may block."""
    if inspect.iscoroutinefunction(function):
        return await function(*args)
    return await asyncio.to_thread(function, *args)


def blocking(operation: Callable[..., Any]) -> Callable[..., Any]:
    """A coroutine function of the running event loop, in the form that a plain `def` in another thread calls."""
    loop = asyncio.get_running_loop()
    return lambda *args: asyncio.run_coroutine_threadsafe(operation(*args), loop).result()
