"""Choose who does the work: for this function, on this interpreter, at this moment."""

import concurrent.futures
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def make_executor(kind, workers, function):
    if kind == "io" or not gil_enabled() or not can_be_found(function):
        return ThreadPoolExecutor(workers)
    pool = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if pool is not None and function.__module__ != "__main__":
        return pool(workers)
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def gil_enabled():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def can_be_found(function):
    """Whether the name of the function leads to it, in the module where it was made."""
    return getattr(sys.modules[function.__module__], function.__qualname__, None) is function


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
