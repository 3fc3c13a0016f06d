# LOST: a task is made from another thread, and nobody wakes the loop: the function never begins.
# Says: `asyncio.run_coroutine_threadsafe`
"""One decorator for all kinds of functions, and one kind of future for their results. Calls run side by side."""

import asyncio
import functools
import importlib
import inspect
import multiprocessing
import operator
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


class Unfuture:
    """What a call of a decorated function returns: its result, or its exception, once they are there."""

    def __init__(self, future):
        self._future = future  # of concurrent.futures: made to be set in one thread, and waited for in another

    def result(self, timeout=None):
        """Wait, and return the result or raise the exception. Raises TimeoutError after `timeout` seconds."""
        if threading.current_thread().name == LOOP_THREAD and not self._future.done():
            raise RuntimeError("result() would stop the event loop that it waits for: use await")
        return self._future.result(timeout)

    def __await__(self):
        """`await unfuture`, in a coroutine on any event loop, which goes round meanwhile."""
        return asyncio.wrap_future(self._future).__await__()

    def then(self, function):
        """Return an Unfuture of function(result), or of that one's result, if it is an Unfuture itself."""

        async def continued():
            value = function(await self)
            return await value if isinstance(value, Unfuture) else value

        return unsync(continued)()


def unsync(function=None, *, cpu_bound=False):
    """Decorate a function: calling it starts the work elsewhere, and returns an Unfuture at once."""
    if function is None:
        return functools.partial(unsync, cpu_bound=cpu_bound)

    @functools.wraps(function)
    def call(*args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return Unfuture(_one(_start_loop).create_task(function(*args, **kwargs)))
        if cpu_bound:
            name = function.__module__, function.__qualname__
            return Unfuture(_one(_start_processes).submit(_call_by_name, *name, args, kwargs))
        return Unfuture(_one(ThreadPoolExecutor).submit(function, *args, **kwargs))

    return call


def _call_by_name(module, name, args, kwargs):
    """In another process, where the name leads to the decorated function, and that to the one inside."""
    function = operator.attrgetter(name)(importlib.import_module(module))
    return inspect.unwrap(function)(*args, **kwargs)


LOOP_THREAD = "unsync's event loop"
_made = {}
_making = threading.Lock()


def _one(make):
    """What `make` makes, made once, when it is first needed: not at import, which every process does again."""
    with _making:
        if make not in _made:
            _made[make] = make()
        return _made[make]


def _start_loop():
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name=LOOP_THREAD, daemon=True).start()
    return loop


def _start_processes():
    # Not by fork, which copies a process without the threads that may hold its locks.
    return ProcessPoolExecutor(mp_context=multiprocessing.get_context("forkserver"))


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
