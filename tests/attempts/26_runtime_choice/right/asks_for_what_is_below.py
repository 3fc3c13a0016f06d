"""There is a pool of interpreters where there is `concurrent.interpreters`, which it stands on."""

import concurrent.futures
import importlib.util
import multiprocessing
import sys

try:
    from concurrent import interpreters
except ImportError:
    interpreters = None


def make_executor(kind, workers, function):
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    known = getattr(sys.modules.get(function.__module__), function.__qualname__, None) is function
    if kind == "io" or not gil or not known:
        return concurrent.futures.ThreadPoolExecutor(workers)
    if function.__module__ != "__main__" and has_interpreters():
        return concurrent.futures.InterpreterPoolExecutor(workers)
    return concurrent.futures.ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


def has_interpreters():
    found = importlib.util.find_spec("concurrent.interpreters") is not None
    assert found == (interpreters is not None)
    return found


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
