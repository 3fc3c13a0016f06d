# HANG: a failure ends the thread of the executor, and its future never hears of it.
# Says: TypeError
"""An executor that wraps another: counts, and passes everything on."""
import concurrent.futures
import multiprocessing
import queue
import sys
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor


class Threads(Executor):
    """Threads and a queue with sentinels: the old hand's pool."""

    def __init__(self, workers):
        self._queue = queue.SimpleQueue()
        self._closed = False
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._work) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def _work(self):
        while (job := self._queue.get()) is not None:
            future, function, args, named = job
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(function(*args, **named))
                except OSError as error:
                    future.set_exception(error)

    def submit(self, function, /, *args, **named):
        with self._lock:
            if self._closed:
                raise RuntimeError("closed")
            future = Future()
            self._queue.put((future, function, args, named))
            return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._lock:
            if not self._closed:
                self._closed = True
                for _ in self._threads:
                    self._queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()


def sendable(function):
    module = sys.modules.get(function.__module__)
    found = module
    for name in function.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is function


def make_executor(kind, workers, function):
    if kind == "cpu" and sendable(function):
        gil = sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True
        if gil:
            try:
                if function.__module__ == "__main__":
                    raise AttributeError
                return concurrent.futures.InterpreterPoolExecutor(workers)
            except AttributeError:
                return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
    return Threads(workers)


def count_primes(lo, hi):
    """How many primes there are from lo up to, but not including, hi: something to compute."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(max(lo, 2), hi))
