# LOST: nobody keeps the task of an async function, and it may be taken for garbage.
# Says: weak references
"""multiprocessing's pools, with their callbacks; one Event for each Unfuture."""
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from multiprocessing.pool import ThreadPool


class _Places:
    def __init__(self):
        self._lock = threading.Lock()
        self._threads = self._processes = self._loop = None
        self.loop_ident = None

    def threads(self):
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPool(32)
            return self._threads

    def processes(self):
        with self._lock:
            if self._processes is None:
                self._processes = multiprocessing.get_context("spawn").Pool()
            return self._processes

    def loop(self):
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                thread = threading.Thread(target=self._loop.run_forever, daemon=True)
                thread.start()
                self.loop_ident = thread.ident
            return self._loop


_places = _Places()


class Unfuture:
    def __init__(self):
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._waiting = []
        self._outcome = None

    def _end(self, ok, value):
        with self._lock:
            self._outcome = ok, value
            self._event.set()
        while self._waiting:
            self._waiting.pop(0)(ok, value)

    def _good(self, value):
        self._end(True, value)

    def _bad(self, error):
        self._end(False, error)

    def _listen(self, callback):
        with self._lock:
            if self._outcome is None:
                self._waiting.append(callback)
                return
        callback(*self._outcome)

    def result(self, timeout=None):
        if not self._event.is_set():
            if threading.get_ident() == _places.loop_ident:
                raise RuntimeError("deadlock: this is the thread that is waited for")
            if not self._event.wait(timeout):
                raise TimeoutError(f"nothing after {timeout} seconds")
        ok, value = self._outcome
        if ok:
            return value
        raise value

    async def _wait(self):
        loop, event = asyncio.get_running_loop(), asyncio.Event()

        def tell(*_):
            try:
                loop.call_soon_threadsafe(event.set)
            except RuntimeError:
                return

        self._listen(tell)
        await event.wait()
        return self.result()

    def __await__(self):
        return self._wait().__await__()

    def then(self, function):
        chained = Unfuture()

        def second(value):
            if isinstance(value, Unfuture):
                value._listen(chained._end)
            else:
                chained._good(value)

        def first(ok, value):
            if ok:
                _places.threads().apply_async(function, (value,), callback=second, error_callback=chained._bad)
            else:
                chained._bad(value)

        self._listen(first)
        return chained


def _find_and_call(module, qualname, args, kwargs):
    found = importlib.import_module(module)
    for part in qualname.split("."):
        found = getattr(found, part)
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found(*args, **kwargs)


def unsync(function=None, *, cpu_bound=False):
    def decorate(function):
        def in_loop(unfuture, args, kwargs):
            async def work():
                try:
                    unfuture._good(await function(*args, **kwargs))
                except BaseException as error:
                    unfuture._bad(error)

            asyncio.run_coroutine_threadsafe(work(), _places.loop())

        def in_process(unfuture, args, kwargs):
            _places.processes().apply_async(
                _find_and_call,
                (function.__module__, function.__qualname__, args, kwargs),
                callback=unfuture._good,
                error_callback=unfuture._bad,
            )

        def in_thread(unfuture, args, kwargs):
            _places.threads().apply_async(function, args, kwargs, unfuture._good, unfuture._bad)

        if inspect.iscoroutinefunction(function):
            start = in_loop
        else:
            start = in_process if cpu_bound else in_thread

        @functools.wraps(function)
        def call(*args, **kwargs):
            unfuture = Unfuture()
            start(unfuture, args, kwargs)
            return unfuture

        return call

    return decorate if function is None else decorate(function)


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
