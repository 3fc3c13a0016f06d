# Everything is a task on unsync's own loop, which hands plain functions to executors.
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


class Runtime:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.loop.set_default_executor(ThreadPoolExecutor(20))
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.processes = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))

    @classmethod
    @functools.cache
    def get(cls):
        return cls()


class Unfuture:
    def __init__(self, coroutine):
        self.runtime = Runtime.get()
        self.task = asyncio.run_coroutine_threadsafe(coroutine, self.runtime.loop)

    def result(self, timeout=None):
        if self.task.done():
            return self.task.result()
        if threading.get_ident() == self.runtime.thread.ident:
            raise RuntimeError("the event loop must not wait")
        return self.task.result(timeout)

    def __await__(self):
        return asyncio.shield(asyncio.wrap_future(self.task)).__await__()

    def then(self, function):
        return Unfuture(self.continued(function))

    async def continued(self, function):
        value = function(await self)
        return (await value) if isinstance(value, Unfuture) else value


def unsync(*decorated, cpu_bound=False):
    def decorate(function):
        @functools.wraps(function)
        def call(*args, **kwargs):
            if inspect.iscoroutinefunction(function):
                return Unfuture(function(*args, **kwargs))
            return Unfuture(elsewhere(cpu_bound, function, args, kwargs))

        return call

    return decorate(*decorated) if decorated else decorate


async def elsewhere(cpu_bound, function, args, kwargs):
    runtime = Runtime.get()
    if cpu_bound:
        call = functools.partial(undecorated, function.__module__, function.__qualname__, args, kwargs)
        return await runtime.loop.run_in_executor(runtime.processes, call)
    return await asyncio.to_thread(function, *args, **kwargs)


def undecorated(module, name, args, kwargs):
    found = getattr(importlib.import_module(module), name)
    return getattr(found, "__wrapped__", found)(*args, **kwargs)


@unsync(cpu_bound=True)
def count_primes(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
