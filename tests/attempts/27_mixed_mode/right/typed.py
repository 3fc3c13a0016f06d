"""Typed, with one runtime object that is made on first use."""
from __future__ import annotations

import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec, TypeVar, overload

P = ParamSpec("P")
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class ByName:
    module: str
    qualname: str

    @classmethod
    def of(cls, function: Callable[..., Any]) -> ByName:
        return cls(function.__module__, function.__qualname__)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        target: Any = importlib.import_module(self.module)
        for part in self.qualname.split("."):
            target = getattr(target, part)
        return inspect.unwrap(target)(*args, **kwargs)


class Runtime:
    @functools.cached_property
    def loop(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        started = threading.Event()
        loop.call_soon(started.set)
        self.thread = threading.Thread(target=self._serve, args=(loop,), daemon=True)
        self.thread.start()
        started.wait()
        return loop

    @staticmethod
    def _serve(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()

    @functools.cached_property
    def threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=32, thread_name_prefix="unsync")

    @functools.cached_property
    def processes(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))

    def here(self) -> bool:
        return threading.current_thread() is getattr(self, "thread", None)


runtime = Runtime()


class Unfuture(Generic[T]):
    __slots__ = ("_future", "_before", "__weakref__")

    def __init__(self, future: Future[T], before: Unfuture[Any] | None = None) -> None:
        self._future, self._before = future, before

    def result(self, timeout: float | None = None) -> T:
        if runtime.here() and not self._future.done():
            raise RuntimeError("result() in unsync's own loop; use await")
        return self._future.result(timeout)

    def __await__(self) -> Generator[Any, None, T]:
        return (yield from asyncio.wrap_future(self._future).__await__())

    def then(self, function: Callable[[T], U | Unfuture[U]]) -> Unfuture[U]:
        async def go_on() -> U:
            value = function(await self)
            while isinstance(value, Unfuture):
                value = await value
            return value

        return Unfuture(asyncio.run_coroutine_threadsafe(go_on(), runtime.loop), self)


def _submit(function, cpu_bound, args, kwargs) -> Future:
    if inspect.iscoroutinefunction(function):
        return asyncio.run_coroutine_threadsafe(function(*args, **kwargs), runtime.loop)
    if cpu_bound:
        return runtime.processes.submit(ByName.of(function), *args, **kwargs)
    return runtime.threads.submit(function, *args, **kwargs)


def unsync(function=None, *, cpu_bound: bool = False):
    if function is None:
        return lambda f: unsync(f, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Unfuture:
        return Unfuture(_submit(function, cpu_bound, args, kwargs))

    return call


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
