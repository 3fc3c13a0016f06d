"""For scenarios: an attempt may be an `async def` where a `def` is asked for, or still be a `def`."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Generator
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


class Counted(Generator[Any, Any, Any]):
    """Awaits something, and counts how often that gives control back to the event loop."""

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
    """The name of an exception; if its class is the attempt's own, of the one that it is a kind of."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ != "attempt")


async def called(function: Callable[..., Any], *args: Any) -> Any:
    """What a function returns, on the running event loop: a plain `def` has a thread, in which it may block."""
    if inspect.iscoroutinefunction(function):
        return await function(*args)
    return await asyncio.to_thread(function, *args)


def blocking(operation: Callable[..., Any]) -> Callable[..., Any]:
    """A coroutine function of the running event loop, in the form that a plain `def` in another thread calls."""
    loop = asyncio.get_running_loop()
    return lambda *args: asyncio.run_coroutine_threadsafe(operation(*args), loop).result()
