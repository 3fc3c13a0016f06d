# WRONG_TOOL: without a GIL, threads are enough, and need no copies of anything.
# Says: Of what computes, ask this first
"""Choose who does the work: for this function, on this interpreter, at this moment."""

import concurrent.futures
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def make_executor(kind, workers, function):
    """Return an executor with `workers` workers that is right for this function, on this interpreter, at this moment.

    kind: "io" if the function waits for others (a network, a disk), "cpu" if it computes in Python.
    The caller closes the executor.
    """
    if kind == "io" or not has_a_name(function):
        return ThreadPoolExecutor(workers)
    pool = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if pool is not None and function.__module__ != "__main__":
        return pool(workers)
    if not gil_enabled():
        return ThreadPoolExecutor(workers)
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def gil_enabled():
    """Whether only one thread at a time can run Python code, right now. Before Python 3.13 that was always so."""
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def has_a_name(function):
    """Whether somebody who imports the function's module finds it there."""
    module = sys.modules.get(getattr(function, "__module__", None))
    return getattr(module, getattr(function, "__qualname__", ""), None) is function


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
