"""Everything in one function, a forkserver, and imports where they are needed."""

import sys
from importlib import import_module


def make_executor(kind, workers, function):
    from concurrent import futures

    if kind == "io":
        return futures.ThreadPoolExecutor(max_workers=workers)
    free = hasattr(sys, "_is_gil_enabled") and not sys._is_gil_enabled()
    try:
        found = getattr(import_module(function.__module__), function.__name__) is function
    except (AttributeError, ImportError):
        found = False
    if free or not found:
        return futures.ThreadPoolExecutor(max_workers=workers)
    if function.__module__ != "__main__" and sys.version_info >= (3, 14):
        return futures.InterpreterPoolExecutor(max_workers=workers)
    import multiprocessing

    return futures.ProcessPoolExecutor(workers, multiprocessing.get_context("forkserver"))


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
