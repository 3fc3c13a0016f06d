# WRONG_TOOL: a lambda at the top level of a module is no local, and yet nobody can import it.
# Says: A lambda
import concurrent.futures
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def make_executor(kind, workers, function):
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    if kind == "io" or not gil or "<locals>" in function.__qualname__:
        return ThreadPoolExecutor(workers)
    interpreters = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if interpreters is not None and function.__module__ != "__main__":
        return interpreters(workers)
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
