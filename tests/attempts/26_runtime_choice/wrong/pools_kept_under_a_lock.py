# CRASHED: a pool that was given out before, and closed by whoever had it.
# Says: make a new one in each call
import concurrent.futures
import multiprocessing
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

_lock = threading.Lock()
_pools = {}


def make_executor(kind, workers, function):
    with _lock:
        make = _choose(kind, function)
        if (make, workers) not in _pools:
            _pools[make, workers] = make(workers)
        return _pools[make, workers]


def _choose(kind, function):
    if kind == "io" or not getattr(sys, "_is_gil_enabled", lambda: True)() or not _has_a_name(function):
        return ThreadPoolExecutor
    pool = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if pool is not None and function.__module__ != "__main__":
        return pool
    return _processes


def _processes(workers):
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _has_a_name(function):
    module = sys.modules.get(getattr(function, "__module__", None))
    return getattr(module, getattr(function, "__qualname__", ""), None) is function


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
