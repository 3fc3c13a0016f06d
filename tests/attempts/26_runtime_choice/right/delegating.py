"""Choose who does the work: one class outside, three inside."""

import concurrent.futures
import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context


class Crew(Executor):
    """Workers of the right kind."""

    def __init__(self, kind, workers, function):
        if kind == "io" or self._threads_compute() or not self._can_be_sent(function):
            self._crew = ThreadPoolExecutor(workers)
        elif self._interpreters() and function.__module__ != "__main__":
            self._crew = self._interpreters()(workers)
        else:
            self._crew = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

    def submit(self, function, /, *args, **named):
        return self._crew.submit(function, *args, **named)

    def map(self, function, *iterables, **options):
        return self._crew.map(function, *iterables, **options)

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._crew.shutdown(wait, cancel_futures=cancel_futures)

    @staticmethod
    def _threads_compute():
        return hasattr(sys, "_is_gil_enabled") and not sys._is_gil_enabled()

    @staticmethod
    def _interpreters():
        return getattr(concurrent.futures, "InterpreterPoolExecutor", None)

    @staticmethod
    def _can_be_sent(function):
        home = sys.modules.get(function.__module__)
        return getattr(home, function.__qualname__, None) is function


def make_executor(kind, workers, function):
    """Return an executor with `workers` workers that is right for this function, on this interpreter, at this moment.

    kind: "io" if the function waits for others (a network, a disk), "cpu" if it computes in Python.
    The caller closes the executor.
    """
    return Crew(kind, workers, function)


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
