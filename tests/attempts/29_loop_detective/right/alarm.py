"""A condition that wakes up when the next beat of the heart is overdue."""

import asyncio
import sys
import threading
import time
import traceback
import warnings


class Watchdog:
    def __init__(self, loop):
        self.loop, self.found, self.worst = loop, [], 0.0
        self.alarm = threading.Condition()
        self.running = True

    def start(self):
        self.tid = threading.get_native_id(), threading.get_ident()
        self.old = warnings.showwarning

        def hear(message, category, filename, lineno, file=None, line=None):
            name, _, rest = str(message).removeprefix("coroutine '").partition("' was never awaited")
            if str(message).startswith("coroutine '"):
                self.add(("never awaited", name.rpartition(".")[2]))
            self.old(message, category, filename, lineno, file, line)

        warnings.showwarning = hear
        self.due = time.monotonic() + 0.01
        self.handle = self.loop.call_later(0.01, self.pulse)
        self.thread = threading.Thread(target=self.guard)
        self.thread.start()

    def pulse(self):
        now = time.monotonic()
        self.worst = max(self.worst, now - self.due)
        self.due = now + 0.01
        if self.running:
            self.handle = self.loop.call_later(0.01, self.pulse)

    def guard(self):
        with self.alarm:
            while self.running:
                late = time.monotonic() - self.due
                if late >= 0.05:
                    stack = traceback.extract_stack(sys._current_frames()[self.tid[1]])
                    if time.monotonic() - self.due >= 0.05:
                        self.add(("blocks", f"{stack[-1].name}:{stack[-1].lineno}"))
                    late = 0.04
                self.alarm.wait(max(0.005, 0.052 - late))

    def add(self, what):
        if what not in self.found:
            self.found.append(what)

    def stop(self):
        with self.alarm:
            self.running = False
            self.alarm.notify()
        self.thread.join()
        warnings.showwarning = self.old

    def lag(self):
        return max(self.worst, time.monotonic() - self.due)

    def culprits(self):
        return self.found[:]

    def pending(self):
        return sorted(task.get_coro().__name__ for task in asyncio.all_tasks(self.loop) if not task.done())
