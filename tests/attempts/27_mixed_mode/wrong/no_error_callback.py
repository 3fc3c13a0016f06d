# HANG: the failure of a cpu_bound function reaches nobody.
# Says: `error_callback`
"""Threads by hand, a queue of work, and multiprocessing.Pool with callbacks."""
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import queue
import threading
from concurrent.futures import Future

WORKERS = 10


class Office:
    lock = threading.Lock()
    loop = None
    jobs = None
    pool = None

    @classmethod
    def open_loop(cls):
        with cls.lock:
            if cls.loop is None:
                loop = asyncio.SelectorEventLoop()
                cls.thread = threading.Thread(target=loop.run_forever, daemon=True)
                cls.thread.start()
                cls.loop = loop
        return cls.loop

    @classmethod
    def open_threads(cls):
        with cls.lock:
            if cls.jobs is None:
                cls.jobs = queue.Queue()
                for _ in range(WORKERS):
                    threading.Thread(target=cls.work, daemon=True).start()
        return cls.jobs

    @classmethod
    def work(cls):
        while True:
            future, function, args, kwargs = cls.jobs.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(function(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

    @classmethod
    def open_pool(cls):
        with cls.lock:
            if cls.pool is None:
                cls.pool = multiprocessing.get_context("spawn").Pool(2)
        return cls.pool


class Unfuture:
    def __init__(self, future):
        self.future = future

    def result(self, timeout=None):
        if not self.future.done() and threading.current_thread() is getattr(Office, "thread", None):
            raise RuntimeError("this loop must go on")
        return self.future.result(timeout)

    def __await__(self):
        return asyncio.wrap_future(self.future).__await__()

    def then(self, function):
        async def following():
            value = await self
            value = function(value)
            return await value if isinstance(value, Unfuture) else value
        return Unfuture(asyncio.run_coroutine_threadsafe(following(), Office.open_loop()))


def remote(module, name, args, kwargs):
    return inspect.unwrap(functools.reduce(getattr, name.split("."), importlib.import_module(module)))(*args, **kwargs)


def unsync(function=None, *, cpu_bound=False):
    if function is None:
        return lambda function: unsync(function, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if asyncio.iscoroutinefunction(function):
            return Unfuture(asyncio.run_coroutine_threadsafe(function(*args, **kwargs), Office.open_loop()))
        future = Future()
        if cpu_bound:
            Office.open_pool().apply_async(
                remote, (function.__module__, function.__qualname__, args, kwargs),
                callback=lambda r: future.cancelled() or future.set_result(r))
        else:
            Office.open_threads().put((future, function, args, kwargs))
        return Unfuture(future)
    return wrapper


@unsync(cpu_bound=True)
def count_primes(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
