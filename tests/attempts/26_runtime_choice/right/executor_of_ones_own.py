"""A subclass that says what it is, and a module import instead of names."""

import concurrent.futures as futures
import multiprocessing as mp
import sys


class Waiters(futures.ThreadPoolExecutor):
    """Threads, for what waits and for what cannot go anywhere else."""


class Computers(futures.ProcessPoolExecutor):
    """Processes that start afresh."""

    def __init__(self, workers):
        super().__init__(workers, mp_context=mp.get_context("spawn"))


def make_executor(kind, workers, function):
    gil = getattr(sys, "_is_gil_enabled", None)
    if kind != "cpu" or (gil and not gil()) or "<" in function.__qualname__:
        return Waiters(workers)
    interpreters = getattr(futures, "InterpreterPoolExecutor", None)
    if interpreters and function.__module__ != "__main__":
        return interpreters(workers)
    return Computers(workers)


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
