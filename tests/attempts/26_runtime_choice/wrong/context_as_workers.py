# CRASHED: the context stands where the number of workers belongs.
# Says: The number of workers comes first
"""Choose who does the work."""

import concurrent.futures
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def has_a_name(function):
    """Whether others can import it."""
    return getattr(sys.modules.get(function.__module__), function.__qualname__, None) is function


def make_executor(kind, workers, function):
    """Return an executor with `workers` workers that is right for this function, on this interpreter, at this moment."""
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    if kind == "io" or not gil or not has_a_name(function):
        return ThreadPoolExecutor(workers)
    interpreters = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if interpreters and function.__module__ != "__main__":
        return interpreters(workers)
    return ProcessPoolExecutor(multiprocessing.get_context("spawn"))


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
