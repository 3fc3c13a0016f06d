# OVER_LIMIT: the pools for computing get no number, and take one of their own.
# Says: how many workers it may have
import concurrent.futures
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def gil_enabled():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def has_a_name(function):
    module = sys.modules.get(getattr(function, "__module__", None))
    return getattr(module, getattr(function, "__qualname__", ""), None) is function


def make_executor(kind, workers, function):
    if kind == "io":
        return ThreadPoolExecutor(workers)
    if not gil_enabled() or not has_a_name(function):
        return ThreadPoolExecutor()
    pool = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if pool is not None and function.__module__ != "__main__":
        return pool()
    return ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
