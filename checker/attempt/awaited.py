"""For scenarios: call an attempt's function whether it is a `def` or an `async def`."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Generator
from typing import Any


def awaited(returned: Any) -> Any:
    """The value itself; for a coroutine, its result on a new event loop."""
    return asyncio.run(returned) if inspect.iscoroutine(returned) else returned


def asked_by(function: Callable[..., Any], operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation as the attempt's function calls it: for an `async def`, as a coroutine function."""
    if not inspect.iscoroutinefunction(function):
        return operation

    async def awaitable(*args: Any) -> Any:
        return operation(*args)

    return awaitable


class Counted(Generator[Any, Any, Any]):
    """Awaits something, and counts how often it yields to the event loop."""

    def __init__(self, awaitable: Awaitable[Any]) -> None:
        self._awaitable = awaitable
        self._steps: Any = None
        self.turns = 0

    def __await__(self) -> Counted:
        self._steps = self._awaitable.__await__()
        return self

    def send(self, value: Any) -> Any:
        return self._counted(next(self._steps) if value is None else self._steps.send(value))

    def throw(self, *error: Any) -> Any:
        return self._counted(self._steps.throw(*error))

    def _counted(self, step: Any) -> Any:
        self.turns += 1
        return step


def name_of(error: BaseException) -> str:
    """The name of the exception's class, or of the nearest base class that the attempt did not define."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ != "attempt")


async def called(function: Callable[..., Any], *args: Any) -> Any:
    """The function's result. A plain `def` runs in a thread, because it may block; a coroutine that it gives, here."""
    if any(map(inspect.iscoroutinefunction, (function, getattr(function, "__call__", None)))):  # noqa: B004
        return await function(*args)
    returned = await asyncio.to_thread(function, *args)
    return await returned if inspect.isawaitable(returned) else returned


def blocking(operation: Callable[..., Any]) -> Callable[..., Any]:
    """A blocking form of a coroutine function, for other threads. The coroutines run on the current event loop."""
    loop = asyncio.get_running_loop()
    return lambda *args: asyncio.run_coroutine_threadsafe(operation(*args), loop).result()
