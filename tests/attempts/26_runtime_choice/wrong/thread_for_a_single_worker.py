# GIL_BOUND: the single worker and its caller share one GIL.
# Says: takes turns with its caller
import concurrent.futures
import multiprocessing
import sys


def make_executor(kind, workers, function):
    if kind == 'cpu' and workers == 1:
        return concurrent.futures.ThreadPoolExecutor(1)
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    pool = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    found = getattr(sys.modules.get(function.__module__), function.__qualname__, None)
    if kind == "io" or not gil or found is not function:
        return concurrent.futures.ThreadPoolExecutor(workers)
    if pool and function.__module__ != "__main__":
        return pool(workers)
    return concurrent.futures.ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
