"""For scenarios: an attempt may be an `async def` where a `def` is asked for."""

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
