# LATE: asyncio.run makes a new event loop for each call.
import asyncio
import functools
import importlib
import inspect
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

loop = asyncio.new_event_loop()
loop_thread = threading.Thread(target=loop.run_forever, daemon=True)
threads = ThreadPoolExecutor(64)  # it needs one for each call, also for each then()


@functools.cache
def processes():
    return ProcessPoolExecutor(2)


class Unfuture:
    def __init__(self, future):
        self.future = future

    def result(self, timeout=None):
        if threading.current_thread() is loop_thread and not self.future.done():
            raise RuntimeError("not here: use await")
        return self.future.result(timeout)

    def __await__(self):
        return asyncio.wrap_future(self.future).__await__()

    def then(self, function):
        async def chain():
            value = function(await self)
            return await value if isinstance(value, Unfuture) else value

        return unsync(chain)()


def unsync(function=None, *, cpu_bound=False):
    if function is None:
        return functools.partial(unsync, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def call(*args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return Unfuture(threads.submit(asyncio.run, function(*args, **kwargs)))
        if cpu_bound:
            return Unfuture(processes().submit(by_name, function.__module__, function.__name__, args, kwargs))
        return Unfuture(threads.submit(function, *args, **kwargs))

    return call


def by_name(module, name, args, kwargs):
    return inspect.unwrap(getattr(importlib.import_module(module), name))(*args, **kwargs)


loop_thread.start()


@unsync(cpu_bound=True)
def count_primes(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
