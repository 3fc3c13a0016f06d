# HANG: what then() started fails, and the chain never ends.
import asyncio
import atexit
import functools
import importlib
import inspect
import logging
import multiprocessing as mp
import threading
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError

logger = logging.getLogger(__name__)


class _Runtime:
    """Singleton that owns the event loop thread, the thread pool and the process pool."""

    _instance = None
    _lock = threading.Lock()

    def __init__(self):
        self._loop = None
        self._loop_thread = None
        self._thread_pool = None
        self._process_pool = None
        self._init_lock = threading.RLock()

    @classmethod
    def instance(cls):
        if cls._instance is None:
            with cls._lock:
                if cls._instance is None:
                    cls._instance = cls()
        return cls._instance

    def get_loop(self):
        with self._init_lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._loop_thread = threading.Thread(target=self._run_loop, name="unsync-loop", daemon=True)
                self._loop_thread.start()
            return self._loop

    def _run_loop(self):
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def get_thread_pool(self):
        with self._init_lock:
            if self._thread_pool is None:
                self._thread_pool = ThreadPoolExecutor(max_workers=64, thread_name_prefix="unsync-thread")
            return self._thread_pool

    def get_process_pool(self):
        with self._init_lock:
            if self._process_pool is None:
                self._process_pool = ProcessPoolExecutor(max_workers=mp.cpu_count(), mp_context=mp.get_context("spawn"))
                atexit.register(self._process_pool.shutdown, wait=False, cancel_futures=True)
            return self._process_pool

    def in_loop_thread(self):
        return self._loop_thread is not None and threading.get_ident() == self._loop_thread.ident


_pending = set()


class Unfuture:
    """A unified future."""

    def __init__(self, future: Future):
        self._future = future
        _pending.add(self)
        future.add_done_callback(lambda _: _pending.discard(self))

    def done(self):
        return self._future.done()

    def result(self, timeout=None):
        if self._future.done():
            return self._future.result()
        if _Runtime.instance().in_loop_thread():
            raise RuntimeError("Cannot block the unsync event loop; use 'await' instead")
        try:
            return self._future.result(timeout=timeout)
        except FutureTimeoutError:
            if self._future.done():
                raise
            raise TimeoutError(f"No result after {timeout} seconds") from None

    def __await__(self):
        return asyncio.wrap_future(self._future).__await__()

    def then(self, function):
        next_future = Future()

        def on_inner_done(inner):
            _copy_state(inner, next_future)

        def on_done(fut):
            try:
                exc = fut.exception()
                if exc is not None:
                    next_future.set_exception(exc)
                    return
            except BaseException as e:
                next_future.set_exception(e)
                return
            # never run the callback in the thread that completed the future
            _Runtime.instance().get_thread_pool().submit(run_continuation, fut.result())

        def run_continuation(value):
            try:
                result = function(value)
            except BaseException as e:
                next_future.set_exception(e)
                return
            if isinstance(result, Unfuture):
                result._future.add_done_callback(on_inner_done)
            else:
                next_future.set_result(result)

        self._future.add_done_callback(on_done)
        return Unfuture(next_future)


def _copy_state(source, target):
    try:
        exc = source.exception()
    except BaseException as e:
        target.set_exception(e)
        return
    target.set_result(source.result())


def _run_by_reference(module_name, qualname, args, kwargs):
    module = importlib.import_module(module_name)
    obj = module
    for part in qualname.split("."):
        obj = getattr(obj, part)
    obj = getattr(obj, "__wrapped__", obj)
    return obj(*args, **kwargs)


def unsync(function=None, *, cpu_bound=False):
    def decorator(func):
        if inspect.iscoroutinefunction(func):
            @functools.wraps(func)
            def wrapper(*args, **kwargs):
                loop = _Runtime.instance().get_loop()
                return Unfuture(asyncio.run_coroutine_threadsafe(func(*args, **kwargs), loop))
        elif cpu_bound:
            @functools.wraps(func)
            def wrapper(*args, **kwargs):
                pool = _Runtime.instance().get_process_pool()
                return Unfuture(pool.submit(_run_by_reference, func.__module__, func.__qualname__, args, kwargs))
        else:
            @functools.wraps(func)
            def wrapper(*args, **kwargs):
                pool = _Runtime.instance().get_thread_pool()
                return Unfuture(pool.submit(func, *args, **kwargs))
        return wrapper

    if function is not None:
        return decorator(function)
    return decorator


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
