# An Unfuture is a future of concurrent.futures, and one follows another.
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor


class Unfuture(Future):
    def result(self, timeout=None):
        if workplaces.loop_thread is threading.current_thread() and not self.done():
            raise RuntimeError("result() on unsync's own loop")
        return super().result(timeout)

    def __await__(self):
        return asyncio.wrap_future(self).__await__()

    def then(self, function):
        async def later():
            value = function(await self)
            while isinstance(value, Unfuture):
                value = await value
            return value

        return follow(asyncio.run_coroutine_threadsafe(later(), workplaces.loop))


under_way = set()


def follow(source):
    unfuture = Unfuture()
    under_way.add(source)  # a loop has only weak references to its tasks

    def done(future):
        under_way.discard(future)
        if future.cancelled():
            unfuture.cancel()
        elif future.exception() is not None:
            unfuture.set_exception(future.exception())
        else:
            unfuture.set_result(future.result())

    source.add_done_callback(done)
    return unfuture


class Workplaces:
    loop_thread = None

    @functools.cached_property
    def loop(self):
        loop = asyncio.new_event_loop()
        self.loop_thread = threading.Thread(target=loop.run_forever, daemon=True)
        self.loop_thread.start()
        return loop

    @functools.cached_property
    def threads(self):
        return ThreadPoolExecutor(32)

    @functools.cached_property
    def processes(self):
        return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


workplaces = Workplaces()


def elsewhere(module, name, args, kwargs):
    function = getattr(importlib.import_module(module), name)
    return getattr(function, "__wrapped__", function)(*args, **kwargs)


def unsync(function=None, *, cpu_bound=False):
    def decorate(function):
        @functools.wraps(function)
        def call(*args, **kwargs):
            if inspect.iscoroutinefunction(function):
                future = asyncio.run_coroutine_threadsafe(function(*args, **kwargs), workplaces.loop)
            elif cpu_bound:
                future = workplaces.processes.submit(elsewhere, function.__module__, function.__name__, args, kwargs)
            else:
                future = workplaces.threads.submit(function, *args, **kwargs)
            return follow(future)

        return call

    return decorate if function is None else decorate(function)


@unsync(cpu_bound=True)
def count_primes(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
