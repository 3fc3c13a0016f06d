# HANG: then() waits in a thread of the pool: as soon as all do, the functions that they wait for get none.
# Says: waits in no thread of a pool
import asyncio
import functools
import importlib
import inspect
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

loop = asyncio.new_event_loop()
loop_thread = threading.Thread(target=loop.run_forever, daemon=True)
threads = ThreadPoolExecutor(32)  # as many as it has by itself on the largest machine


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
        def chain():
            value = function(self.result())
            return value.result() if isinstance(value, Unfuture) else value

        return unsync(chain)()


def unsync(function=None, *, cpu_bound=False):
    if function is None:
        return functools.partial(unsync, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def call(*args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return Unfuture(asyncio.run_coroutine_threadsafe(function(*args, **kwargs), loop))
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
