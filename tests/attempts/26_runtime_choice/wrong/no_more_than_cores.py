# SERIAL: no more workers than cores, where the caller says how many.
# Says: however many cores
import concurrent.futures
import multiprocessing
import os
import sys


def importable(function):
    return getattr(sys.modules.get(function.__module__), function.__qualname__, None) is function


def make_executor(kind, workers, function):
    if kind == "io":
        return concurrent.futures.ThreadPoolExecutor(workers)
    workers = min(workers, os.cpu_count() or 1)  # more than that only slow each other down
    if not getattr(sys, "_is_gil_enabled", lambda: True)() or not importable(function):
        return concurrent.futures.ThreadPoolExecutor(workers)
    if hasattr(concurrent.futures, "InterpreterPoolExecutor") and function.__module__ != "__main__":
        return concurrent.futures.InterpreterPoolExecutor(workers)
    return concurrent.futures.ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
