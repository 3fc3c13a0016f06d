# WRONG_TOOL: Python 3.13 can be without a GIL, too.
# Says: can be built without a GIL
import concurrent.futures
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def gil_enabled():
    if sys.version_info < (3, 14):  # before, there always was one
        return True
    return sys._is_gil_enabled()


def has_a_name(function):
    module = sys.modules.get(getattr(function, "__module__", None))
    return getattr(module, getattr(function, "__qualname__", ""), None) is function


def make_executor(kind, workers, function):
    if kind == "io" or not gil_enabled() or not has_a_name(function):
        return ThreadPoolExecutor(workers)
    pool = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if pool is not None and function.__module__ != "__main__":
        return pool(workers)
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
