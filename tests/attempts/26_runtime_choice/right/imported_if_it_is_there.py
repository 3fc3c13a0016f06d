"""The pool of interpreters is imported at the top, where there is one; the choice is a table."""

import pickle
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

try:
    from concurrent.futures import InterpreterPoolExecutor
except ImportError:
    InterpreterPoolExecutor = None


def in_threads(workers):
    return ThreadPoolExecutor(workers, thread_name_prefix="worker")


def in_processes(workers):
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def can_be_sent(function):
    try:
        pickle.dumps(function)
    except Exception:
        return False
    return True


def threads_compute():
    try:
        return not sys._is_gil_enabled()
    except AttributeError:
        return False


def make_executor(kind, workers, function):
    match kind, threads_compute(), can_be_sent(function):
        case ("io", _, _) | (_, True, _) | (_, _, False):
            return in_threads(workers)
    if InterpreterPoolExecutor is None or function.__module__ == "__main__":
        return in_processes(workers)
    return InterpreterPoolExecutor(workers)


def count_primes(lo, hi):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
