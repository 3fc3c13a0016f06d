"""The thread waits for each heartbeat, and looks round when one is 50 ms late."""

import asyncio
import re
import sys
import threading
import time
import warnings
from functools import partial


class Watchdog:
    def __init__(self, loop):
        self.loop = loop
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.seen = {}  # a dictionary keeps the order, and each key once
        self.over = False
        self.longest_s = 0.0
        self.asked_s = None

    def start(self):
        self.ident = threading.get_ident()
        self.printed = warnings.showwarning
        warnings.showwarning = self.warned
        self.thread.start()

    def stop(self):
        self.over = True
        self.thread.join()
        warnings.showwarning = self.printed

    def lag(self):
        asked_s = self.asked_s
        return max(self.longest_s, 0.0 if asked_s is None else time.perf_counter() - asked_s)

    def culprits(self):
        return list(self.seen)

    def pending(self):
        return sorted(task.get_coro().__qualname__ for task in asyncio.all_tasks(self.loop))

    def watch(self):
        while not self.over:
            came = threading.Event()
            self.asked_s = time.perf_counter()
            self.loop.call_soon_threadsafe(came.set)
            while not came.wait(0.05) and not self.over:
                frame = sys._current_frames().get(self.ident)
                if frame is not None:
                    self.seen.setdefault(("blocks", f"{frame.f_code.co_name}:{frame.f_lineno}"))
            self.longest_s = self.lag()
            self.asked_s = None
            time.sleep(0.015)

    def warned(self, message, category, *rest, **named):
        text = str(message)
        if category is RuntimeWarning and text.endswith("was never awaited"):
            self.seen.setdefault(("never awaited", re.findall(r"\w+(?=')", text)[0]))
        partial(self.printed, message, category)(*rest, **named)
