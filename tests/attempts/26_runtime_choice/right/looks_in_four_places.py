"""Asks in four ways whether there are interpreters, and wants one answer."""

import concurrent.futures
import importlib.util
import multiprocessing
import platform
import sys


def make_executor(kind, workers, function):
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    known = getattr(sys.modules.get(function.__module__), function.__qualname__, None) is function
    if kind == "io" or not gil or not known:
        return concurrent.futures.ThreadPoolExecutor(workers)
    if function.__module__ != "__main__" and has_interpreters():
        return concurrent.futures.InterpreterPoolExecutor(workers)
    return concurrent.futures.ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


def has_interpreters():
    answers = {
        "InterpreterPoolExecutor" in dir(concurrent.futures),
        importlib.util.find_spec("concurrent.futures.interpreter") is not None,
        sys.hexversion >= 0x030E0000,
        tuple(map(int, platform.python_version_tuple()[:2])) >= (3, 14),
    }
    (answer,) = answers
    return answer


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
