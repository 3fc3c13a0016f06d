# HANG: of an Unfuture that is done, then() waits for an end that has been.
"""One decorator for all kinds of functions, and one kind of future for their results."""

import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor


class _Places:
    """The three workplaces, each opened when somebody needs it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._loop = self._threads = self._processes = self.loop_thread = None

    @property
    def loop(self):
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self.loop_thread = threading.Thread(target=self._loop.run_forever, daemon=True)
                self.loop_thread.start()
            return self._loop

    @property
    def threads(self):
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(32)
            return self._threads

    @property
    def processes(self):
        with self._lock:
            if self._processes is None:
                self._processes = ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))
            return self._processes


_places = _Places()
_under_way = set()


class Unfuture:
    """What a call of a decorated function returns: its result, or its exception, once they are there."""

    def __init__(self, future):
        self._future = future
        _under_way.add(future)
        future.add_done_callback(_under_way.discard)
        self._following = []
        future.add_done_callback(self._tell)

    def result(self, timeout=None):
        """Wait, and return the result or raise the exception. Raises TimeoutError after `timeout` seconds.

        In the thread of unsync's own event loop, which must not wait, it raises a RuntimeError if it is not done yet.
        """
        if threading.current_thread() is _places.loop_thread and not self._future.done():
            raise RuntimeError("unsync's own event loop must not wait")
        return self._future.result(timeout)

    def _tell(self, future):
        for follow in self._following:
            follow(future)

    def __await__(self):
        """`await unfuture`, in a coroutine on any event loop, which goes round meanwhile."""
        return asyncio.wrap_future(self._future).__await__()

    def then(self, function):
        """Return an Unfuture of function(result), or of that one's result, if it is an Unfuture itself.

        If there is an exception instead of a result, that is passed on, and the function is not called.
        """
        target = Future()

        def finish(future):
            try:
                value = future.result()
            except BaseException as error:
                target.set_exception(error)
                return
            if isinstance(value, Unfuture):
                value._future.add_done_callback(finish)
            else:
                target.set_result(value)

        def go_on(future):
            if future.cancelled() or future.exception() is not None:
                finish(future)
            else:
                _places.threads.submit(function, future.result()).add_done_callback(finish)

        self._following.append(go_on)
        return Unfuture(target)


def unsync(function=None, *, cpu_bound=False):
    """Decorate a function: calling it starts the work elsewhere, and returns an Unfuture at once.

    An `async def` runs on one event loop in a thread of its own, a plain function in a pool of threads, and with
    `@unsync(cpu_bound=True)` in a pool of processes.
    """
    if function is None:
        return functools.partial(unsync, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def call(*args, **kwargs):
        if inspect.iscoroutinefunction(function):

            async def work():
                return await function(*args, **kwargs)

            return Unfuture(asyncio.run_coroutine_threadsafe(work(), _places.loop))
        if cpu_bound:
            job = (function.__module__, function.__qualname__, args, kwargs)
            return Unfuture(_places.processes.submit(_in_a_process, *job))
        return Unfuture(_places.threads.submit(function, *args, **kwargs))

    return call


def _in_a_process(module, qualname, args, kwargs):
    found = importlib.import_module(module)
    for name in qualname.split("."):
        found = getattr(found, name)
    return inspect.unwrap(found)(*args, **kwargs)


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
