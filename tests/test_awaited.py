"""How scenarios call an attempt's function, whatever kind of function it is."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable
from typing import Any

import pytest

from checker.attempt.awaited import called


async def waits(number: int) -> tuple[int, bool]:
    """Its argument, and whether it runs on the main thread's event loop."""
    await asyncio.sleep(0)
    return number, threading.current_thread() is threading.main_thread()


@functools.wraps(waits)
def decorated(number: int) -> Any:
    return waits(number)


class Waits:
    async def __call__(self, number: int) -> tuple[int, bool]:
        return await waits(number)


def blocks(number: int) -> tuple[int, bool]:
    return number, threading.current_thread() is threading.main_thread()


@pytest.mark.parametrize(
    ("function", "here"),
    [(waits, True), (functools.partial(waits), True), (decorated, True), (Waits(), True), (blocks, False)],
    ids=["async def", "partial", "decorated", "async __call__", "def"],
)
def test_a_coroutine_is_awaited_whoever_gives_it(function: Callable[..., Any], here: bool) -> None:
    """An `async def` runs on the loop, though a decorator that is a `def` gives its coroutine; what blocks does not."""
    assert asyncio.run(called(function, 3)) == (3, here)
