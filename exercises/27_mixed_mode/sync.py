"""One decorator for all kinds of functions, and one kind of future for their results. Every call is waited for."""

import asyncio
import functools
import inspect
from concurrent.futures import ThreadPoolExecutor


class Unfuture:
    """What a call of a decorated function returns: its result, or its exception, once they are there."""

    def __init__(self, value, error):
        self._value, self._error = value, error

    def result(self, timeout=None):
        """Wait, and return the result or raise the exception. Raises TimeoutError after `timeout` seconds.

        In the thread of unsync's own event loop, which must not wait, it raises a RuntimeError if it is not done yet.
        """
        if self._error is not None:
            raise self._error
        return self._value

    def __await__(self):
        """`await unfuture`, in a coroutine on any event loop, which goes round meanwhile."""
        yield from ()  # here there is nothing to wait for
        return self.result()

    def then(self, function):
        """Return an Unfuture of function(result), or of that one's result, if it is an Unfuture itself.

        If there is an exception instead of a result, that is passed on, and the function is not called.
        """
        return _done(lambda: _unwrapped(function(self.result())))


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
            return _done(lambda: _run(function(*args, **kwargs)))
        return _done(lambda: function(*args, **kwargs))

    return call


def _done(call):
    try:
        return Unfuture(call(), None)
    except Exception as error:
        return Unfuture(None, error)


def _run(coroutine):
    with ThreadPoolExecutor(1) as pool:  # in a thread that has no event loop yet
        return pool.submit(asyncio.run, coroutine).result()


def _unwrapped(value):
    return value.result() if isinstance(value, Unfuture) else value


@unsync(cpu_bound=True)
def count_primes(limit):
    """Count the prime numbers below the limit."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))
