# SERIAL: one process, whatever was asked for.
# Says: all of its `workers`
import concurrent.futures
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def make_executor(kind, workers, function):
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    found = getattr(sys.modules.get(function.__module__), function.__qualname__, None)
    if kind == "io" or not gil or found is not function:
        return ThreadPoolExecutor(workers)
    interpreters = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if interpreters is not None and function.__module__ != "__main__":
        return interpreters(workers)
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
