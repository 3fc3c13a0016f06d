"""A task factory puts every task into a WeakSet, a thread compares the loop's ticks, and looks up the line itself."""

import asyncio
import sys
import threading
import time
import warnings
import weakref


class Watchdog:
    def __init__(self, loop):
        self._loop, self._tasks = loop, weakref.WeakSet()
        self._told, self._lag, self._lock = [], 0.0, threading.Lock()
        self._end = threading.Event()

    def start(self):
        self._me, self._last = threading.get_ident(), time.monotonic()
        self._factory = self._loop.get_task_factory()
        self._loop.set_task_factory(self._make_task)
        self._before = warnings.showwarning
        warnings.showwarning = self._on_warning
        self._tick()
        self._watcher = threading.Thread(target=self._watch, name="watchdog")
        self._watcher.start()

    def stop(self):
        self._end.set()
        self._watcher.join()
        self._loop.set_task_factory(self._factory)
        warnings.showwarning = self._before

    def lag(self):
        with self._lock:
            return max(self._lag, time.monotonic() - self._last - 0.01)

    def culprits(self):
        with self._lock:
            return self._told[:]

    def pending(self):
        return sorted(task.get_coro().__name__ for task in list(self._tasks) if not task.done())

    def _make_task(self, loop, coroutine, **options):
        task = asyncio.Task(coroutine, loop=loop, **options)
        self._tasks.add(task)
        return task

    def _tick(self):
        now = time.monotonic()
        with self._lock:
            self._lag = max(self._lag, now - self._last - 0.01)
            self._last = now
        if not self._end.is_set():
            self._loop.call_later(0.01, self._tick)

    def _watch(self):
        while not self._end.wait(0.02):
            with self._lock:
                late = time.monotonic() - self._last > 0.06
            if late:
                where = sys._current_frames()[self._me]
                self._tell(("blocks", f"{where.f_code.co_name}:{where.f_lineno}"))

    def _on_warning(self, message, *rest, **named):
        words = str(message).split("'")
        if words[-1] == " was never awaited":
            self._tell(("never awaited", words[1].rpartition(".")[2]))
        self._before(message, *rest, **named)

    def _tell(self, what):
        with self._lock:
            if what not in self._told:
                self._told.append(what)
