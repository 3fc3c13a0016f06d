# LATE: `timeout or None` makes of 0 seconds for ever.
# Says: result(0)
"""A condition variable and a list of callbacks: nothing of concurrent.futures inside the Unfuture."""
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import operator
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

_guard = threading.Lock()
_made = {}


def _lazily(name, make):
    with _guard:
        if name not in _made:
            _made[name] = make()
        return _made[name]


def _threads():
    return _lazily("threads", lambda: ThreadPoolExecutor(64))


def _processes():
    return _lazily("processes", lambda: ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")))


def _start_loop():
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True, name="unsync")
    thread.start()
    return loop, thread


def _loop():
    return _lazily("loop", _start_loop)[0]


def _in_own_loop():
    return "loop" in _made and threading.current_thread() is _made["loop"][1]


class Unfuture:
    def __init__(self):
        self._changed = threading.Condition()
        self._done = False
        self._value = self._error = None
        self._callbacks = []

    def _settle(self, value=None, error=None):
        with self._changed:
            self._value, self._error, self._done = value, error, True
            callbacks, self._callbacks = self._callbacks, None
            self._changed.notify_all()
        for callback in callbacks:
            callback()

    def _when_done(self, callback):
        with self._changed:
            if not self._done:
                self._callbacks.append(callback)
                return
        callback()

    def _attempt(self, call):
        try:
            value = call()
        except BaseException as error:
            self._settle(error=error)
        else:
            self._settle(value)

    def result(self, timeout=None):
        with self._changed:
            if not self._done:
                if _in_own_loop():
                    raise RuntimeError("the loop of unsync must not wait")
                if not self._changed.wait_for(lambda: self._done, timeout or None):
                    raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._value

    def __await__(self):
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()

        def open_gate():
            if not waiter.done():
                waiter.set_result(None)

        def wake():
            try:
                loop.call_soon_threadsafe(open_gate)
            except RuntimeError:
                pass  # that loop has been closed: nobody waits any more

        self._when_done(wake)
        yield from waiter
        return self.result()

    def then(self, function):
        after = Unfuture()

        def call():
            try:
                value = function(self._value)
            except BaseException as error:
                after._settle(error=error)
                return
            if isinstance(value, Unfuture):
                value._when_done(lambda: after._settle(value._value, value._error))
            else:
                after._settle(value)

        def go_on():
            if self._error is not None:
                after._settle(error=self._error)
            else:
                _threads().submit(call)

        self._when_done(go_on)
        return after


def _over_there(module, qualname, args, kwargs):
    function = operator.attrgetter(qualname)(importlib.import_module(module))
    return inspect.unwrap(function)(*args, **kwargs)


def unsync(function=None, *, cpu_bound=False):
    if function is None:
        return functools.partial(unsync, cpu_bound=cpu_bound)
    under_way = set()

    def start_coroutine(unfuture, args, kwargs):
        try:
            task = asyncio.get_running_loop().create_task(function(*args, **kwargs))
        except Exception as error:
            unfuture._settle(error=error)
            return
        under_way.add(task)

        def ended(task):
            under_way.discard(task)
            unfuture._attempt(task.result)

        task.add_done_callback(ended)

    @functools.wraps(function)
    def call(*args, **kwargs):
        unfuture = Unfuture()
        if inspect.iscoroutinefunction(function):
            loop = _loop()

            def go():
                start_coroutine(unfuture, args, kwargs)

            async def enter():
                go()

            asyncio.run_coroutine_threadsafe(enter(), loop)
        elif cpu_bound:
            future = _processes().submit(_over_there, function.__module__, function.__qualname__, args, kwargs)
            future.add_done_callback(lambda future: unfuture._attempt(future.result))
        else:
            _threads().submit(unfuture._attempt, lambda: function(*args, **kwargs))
        return unfuture

    return call


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
