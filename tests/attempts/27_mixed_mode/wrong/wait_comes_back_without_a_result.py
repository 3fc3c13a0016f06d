# WRONG_RESULT: an event's wait(timeout) gives False when the time is up, and nobody looks at that.
# Says: instead of a TimeoutError there was a result, None
# Says: returns False when the time is up
import asyncio
import functools
import importlib
import inspect
import multiprocessing
import operator
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


class Unfuture:
    def __init__(self, future):
        self._future = future
        self._over = threading.Event()
        self._value = self._error = None
        future.add_done_callback(self._keep)

    def _keep(self, future):
        if not future.cancelled():
            self._error = future.exception()
            self._value = None if self._error else future.result()
        self._over.set()

    def result(self, timeout=None):
        if threading.current_thread().name == LOOP_THREAD and not self._over.is_set():
            raise RuntimeError("result() would stop the event loop that it waits for: use await")
        self._over.wait(timeout)
        if self._error is not None:
            raise self._error
        return self._value

    def __await__(self):
        return asyncio.wrap_future(self._future).__await__()

    def then(self, function):
        async def continued():
            value = function(await self)
            return await value if isinstance(value, Unfuture) else value

        return unsync(continued)()


def unsync(function=None, *, cpu_bound=False):
    if function is None:
        return functools.partial(unsync, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def call(*args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return Unfuture(asyncio.run_coroutine_threadsafe(function(*args, **kwargs), _one(_start_loop)))
        if cpu_bound:
            name = function.__module__, function.__qualname__
            return Unfuture(_one(_start_processes).submit(_call_by_name, *name, args, kwargs))
        return Unfuture(_one(ThreadPoolExecutor).submit(function, *args, **kwargs))

    return call


def _call_by_name(module, name, args, kwargs):
    function = operator.attrgetter(name)(importlib.import_module(module))
    return inspect.unwrap(function)(*args, **kwargs)


LOOP_THREAD = "unsync's event loop"
_made = {}
_making = threading.Lock()


def _one(make):
    with _making:
        if make not in _made:
            _made[make] = make()
        return _made[make]


def _start_loop():
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name=LOOP_THREAD, daemon=True).start()
    return loop


def _start_processes():
    return ProcessPoolExecutor(mp_context=multiprocessing.get_context("forkserver"))


@unsync(cpu_bound=True)
def count_primes(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
