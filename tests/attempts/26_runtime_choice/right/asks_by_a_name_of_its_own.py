"""Choose who does the work: for this function, on this interpreter, at this moment."""

import concurrent.futures
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

try:
    from sys import _is_gil_enabled as gil_enabled
except ImportError:

    def gil_enabled():
        """Before Python 3.13 there always is a GIL."""
        return True


def make_executor(kind, workers, function):
    if kind == "io" or not gil_enabled() or not has_a_name(function):
        return ThreadPoolExecutor(workers)
    pool = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if pool is not None and function.__module__ != "__main__":
        return pool(workers)
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def has_a_name(function):
    """Whether somebody who imports the function's module finds it there."""
    module = sys.modules.get(getattr(function, "__module__", None))
    return getattr(module, getattr(function, "__qualname__", ""), None) is function


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
