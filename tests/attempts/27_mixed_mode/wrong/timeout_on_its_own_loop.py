# LATE: with a timeout, result() waits in the thread of the loop.
# Says: with a timeout, too
"""Every Unfuture is a task of the one loop; that hands out what blocks or computes."""
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


class _Home(threading.Thread):
    """The loop in its thread, and the two pools that it hands work to."""

    _home = None
    _lock = threading.Lock()

    def __init__(self):
        super().__init__(daemon=True)
        self.loop = asyncio.new_event_loop()
        self.threads = ThreadPoolExecutor(max_workers=40)

    def run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    @functools.cached_property
    def processes(self):
        return ProcessPoolExecutor(mp_context=multiprocessing.get_context("forkserver"))

    @classmethod
    def get(cls):
        with cls._lock:
            if cls._home is None:
                cls._home = cls()
                cls._home.start()
            return cls._home


def _remote(module, qualname, args, kwargs):
    thing = functools.reduce(getattr, qualname.split("."), importlib.import_module(module))
    return inspect.unwrap(thing)(*args, **kwargs)


class Unfuture:
    def __init__(self, coroutine):
        self._future = asyncio.run_coroutine_threadsafe(coroutine, _Home.get().loop)

    def result(self, timeout=None):
        if timeout is None and not self._future.done() and threading.current_thread() is _Home.get():
            raise RuntimeError("would wait for itself")
        return self._future.result(timeout)

    def __await__(self):
        return asyncio.shield(asyncio.wrap_future(self._future)).__await__()

    def then(self, function):
        async def follow():
            home = _Home.get()
            value = await home.loop.run_in_executor(home.threads, function, await self)
            return await value if isinstance(value, Unfuture) else value

        return Unfuture(follow())


def unsync(function=None, *, cpu_bound=False):
    if function is None:
        return lambda function: unsync(function, cpu_bound=cpu_bound)

    async def work(args, kwargs):
        home = _Home.get()
        if inspect.iscoroutinefunction(function):
            return await function(*args, **kwargs)
        if cpu_bound:
            return await home.loop.run_in_executor(
                home.processes, _remote, function.__module__, function.__qualname__, args, kwargs
            )
        return await home.loop.run_in_executor(home.threads, functools.partial(function, *args, **kwargs))

    @functools.wraps(function)
    def call(*args, **kwargs):
        return Unfuture(work(args, kwargs))

    return call


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
