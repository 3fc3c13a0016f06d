"""Decides what runs at the same time on this machine: what waits runs in company; what computes, or stayed open, alone.

It is the one scheduler of `pytest exercises/NN`, `pytest exercises` and `checker grade`.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from checker.observe.cpus import usable_cpus

T = TypeVar("T")

AT_A_TIME_PER_CPU = 8
"""Measured on two cores, 285 attempts: 100 s with 12 graders, 78 s with 18, and 70 s with 24, but then 4 of them could
not be judged in such company.
"""

LOOK_EVERY_S = 0.2
"""The main thread must wake up this often. The kernel may deliver Ctrl-C to any thread, and Python handles it only when
the main thread runs (measured: three times in twenty-five it slept on)."""


def at_a_time() -> int:
    """How many checks may run at the same time on this machine."""
    return max(1, round(AT_A_TIME_PER_CPU * usable_cpus()))


class Company:
    """Runs tasks in threads: at most `width` at a time, in the order of `begin`, and none beside code that is `alone`.

    The threads are daemons: a task that never ends does not keep the program from ending.
    """

    def __init__(self, width: int | None = None, at_most: int | None = None) -> None:
        """`width`: how many at a time; by default `at_a_time()`. `at_most`: an upper bound for it."""
        width = width or at_a_time()
        self.width = min(width, at_most or width)
        self._changed = threading.Condition()
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._threads: list[threading.Thread] = []
        self._going_on = 0
        self._want_to_be_alone = 0
        self._is_over = False

    def begin(self, task: Callable[[], T]) -> Future[T]:
        """Run a task in a thread, when its turn comes. After `end`, the future is cancelled at once."""
        future: Future[T] = Future()
        with self._changed:
            if self._is_over:
                future.cancel()
                return future
            self._waiting.append((future, task))
            if len(self._threads) < min(self.width, self._going_on + len(self._waiting)):
                self._threads.append(threading.Thread(target=self._work, name="checker-company", daemon=True))
                self._threads[-1].start()
            self._changed.notify_all()
        return future

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no task runs; none starts until the body ends."""
        with self._changed:
            self._want_to_be_alone += 1
            while not self._changed.wait_for(lambda: self._going_on == 0 or self._is_over, LOOK_EVERY_S):
                pass
            self._going_on += 1
        try:
            yield
        finally:
            with self._changed:
                self._want_to_be_alone -= 1
                self._going_on -= 1
                self._changed.notify_all()

    def end(self) -> None:
        """Start no further task, and cancel all that wait for their turn."""
        with self._changed:
            self._is_over = True
            waiting, self._waiting = self._waiting, deque()
            self._changed.notify_all()
        for future, _ in waiting:
            future.cancel()

    def join(self, timeout_s: float | None = None) -> None:
        """After `end`: wait for the running tasks, for at most `timeout_s` in all."""
        until_s = None if timeout_s is None else time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(None if until_s is None else max(0.0, until_s - time.monotonic()))

    def _work(self) -> None:
        while (order := self._next()) is not None:
            future, task = order
            if future.set_running_or_notify_cancel():
                _answer(future, task)
            with self._changed:
                self._going_on -= 1
                self._changed.notify_all()

    def _next(self) -> tuple[Future[Any], Callable[[], Any]] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or (self._waiting and not self._want_to_be_alone))
            if self._is_over:
                return None
            self._going_on += 1
            return self._waiting.popleft()


def _answer(future: Future[T], task: Callable[[], T]) -> None:
    try:
        result = task()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
