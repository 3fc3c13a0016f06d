# HANG: as long as the value is None it waits, so that a function which returns None is never done.
# Says: None is a result as well
"""One decorator for all kinds of functions, and one kind of future for their results."""

import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

_lock = threading.RLock()
_loop = _loop_thread = _threads = _processes = None
_under_way = set()


def _get_loop():
    global _loop, _loop_thread
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            _loop_thread = threading.Thread(target=_loop.run_forever, daemon=True)
            _loop_thread.start()
        return _loop


def _get_threads():
    global _threads
    with _lock:
        if _threads is None:
            _threads = ThreadPoolExecutor(max_workers=32)
        return _threads


def _get_processes():
    global _processes
    with _lock:
        if _processes is None:
            _processes = ProcessPoolExecutor(mp_context=multiprocessing.get_context("forkserver"))
        return _processes


class Unfuture:
    """What a call of a decorated function returns: its result, or its exception, once they are there."""

    def __init__(self, future):
        self._future = future
        self._changed = threading.Condition()
        self._value = self._error = None
        future.add_done_callback(self._set)
        _under_way.add(future)
        future.add_done_callback(_under_way.discard)

    def _set(self, future):
        with self._changed:
            self._error = future.exception()
            if self._error is None:
                self._value = future.result()
            self._changed.notify_all()

    def result(self, timeout=None):
        """Wait, and return the result or raise the exception. Raises TimeoutError after `timeout` seconds."""
        if threading.current_thread() is _loop_thread and not self._future.done():
            raise RuntimeError("unsync's own event loop must not wait")
        with self._changed:
            if not self._changed.wait_for(lambda: self._value is not None or self._error is not None, timeout):
                raise TimeoutError
            if self._error is not None:
                raise self._error
            return self._value

    def __await__(self):
        """`await unfuture`, in a coroutine on any event loop, which goes round meanwhile."""
        return asyncio.wrap_future(self._future).__await__()

    def then(self, function):
        """Return an Unfuture of function(result), or of that one's result, if it is an Unfuture itself."""

        async def chain():
            value = await asyncio.wrap_future(_get_threads().submit(function, await self))
            return await value if isinstance(value, Unfuture) else value

        return Unfuture(asyncio.run_coroutine_threadsafe(chain(), _get_loop()))


def _call_by_name(module, qualname, args, kwargs):
    function = importlib.import_module(module)
    for name in qualname.split("."):
        function = getattr(function, name)
    return inspect.unwrap(function)(*args, **kwargs)


def unsync(function=None, *, cpu_bound=False):
    """Decorate a function: calling it starts the work elsewhere, and returns an Unfuture at once."""
    if function is None:
        return functools.partial(unsync, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def call(*args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return Unfuture(asyncio.run_coroutine_threadsafe(function(*args, **kwargs), _get_loop()))
        if cpu_bound:
            names = function.__module__, function.__qualname__
            return Unfuture(_get_processes().submit(_call_by_name, *names, args, kwargs))
        return Unfuture(_get_threads().submit(function, *args, **kwargs))

    return call


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
