# HANG: the second who waits for an Unfuture takes the place of the first.
"""A future of its own: a Condition, a state, listeners."""
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


class Unfuture:
    PENDING, DONE, FAILED = range(3)

    def __init__(self):
        self._condition = threading.Condition()
        self._state = self.PENDING
        self._value = None
        self._listeners = []

    def _complete(self, state, value):
        with self._condition:
            if self._state != self.PENDING:
                return
            self._state, self._value = state, value
            listeners, self._listeners = self._listeners, []
            self._condition.notify_all()
        for listener in listeners:
            listener()

    def _on_done(self, listener):
        with self._condition:
            if self._state == self.PENDING:
                self._listeners = [listener]
                return
        listener()

    def _get(self):
        if self._state == self.FAILED:
            raise self._value
        return self._value

    def result(self, timeout=None):
        with self._condition:
            if self._state == self.PENDING:
                if Places.loop_thread is threading.current_thread():
                    raise RuntimeError("would block")
                if not self._condition.wait_for(lambda: self._state != self.PENDING, timeout):
                    raise TimeoutError
            return self._get()

    def __await__(self):
        loop = asyncio.get_running_loop()
        event = asyncio.Event()

        def wake():
            try:
                loop.call_soon_threadsafe(event.set)
            except RuntimeError:
                pass  # that loop is closed

        self._on_done(wake)
        yield from event.wait().__await__()
        return self._get()

    def then(self, function):
        following = Unfuture()

        def go_on():
            if self._state == self.FAILED:
                following._complete(self.FAILED, self._value)
            else:
                Places.threads().submit(apply)

        def apply():
            try:
                value = function(self._value)
            except Exception as error:
                following._complete(self.FAILED, error)
                return
            if isinstance(value, Unfuture):
                value._on_done(lambda: following._complete(value._state, value._value))
            else:
                following._complete(self.DONE, value)

        self._on_done(go_on)
        return following


class Places:
    loop_thread = None
    _lock = threading.Lock()

    @classmethod
    @functools.lru_cache(None)
    def threads(cls):
        return ThreadPoolExecutor(50)

    @classmethod
    @functools.lru_cache(None)
    def processes(cls):
        return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))

    _loop = None

    @classmethod
    def loop(cls):
        with cls._lock:
            if cls._loop is None:
                cls._loop = asyncio.new_event_loop()
                cls.loop_thread = threading.Thread(target=cls._loop.run_forever, daemon=True)
                cls.loop_thread.start()
            return cls._loop


def _remote(module, name, args, kwargs):
    return inspect.unwrap(getattr(importlib.import_module(module), name))(*args, **kwargs)


KEPT = set()


def _from(future, unfuture):
    KEPT.add(future)
    future.add_done_callback(KEPT.discard)

    def copy(f):
        try:
            unfuture._complete(Unfuture.DONE, f.result())
        except BaseException as e:
            unfuture._complete(Unfuture.FAILED, e)
    future.add_done_callback(copy)
    return unfuture


def unsync(f=None, *, cpu_bound=False):
    def decorate(f):
        @functools.wraps(f)
        def call(*args, **kwargs):
            unfuture = Unfuture()
            if inspect.iscoroutinefunction(f):
                return _from(asyncio.run_coroutine_threadsafe(f(*args, **kwargs), Places.loop()), unfuture)
            if cpu_bound:
                return _from(Places.processes().submit(_remote, f.__module__, f.__name__, args, kwargs), unfuture)
            return _from(Places.threads().submit(f, *args, **kwargs), unfuture)
        return call
    return decorate(f) if f else decorate


@unsync(cpu_bound=True)
def count_primes(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
