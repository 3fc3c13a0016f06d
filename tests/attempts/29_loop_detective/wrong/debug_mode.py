# LOST: debug mode tells after the block which task it was in, not which function.
import asyncio
import logging
import re
import threading
import time


class Watchdog(logging.Handler):
    def __init__(self, loop):
        super().__init__()
        self._loop, self._said, self._lag = loop, [], 0.0

    def start(self):
        self._loop.set_debug(True)
        self._loop.slow_callback_duration = 0.05
        logging.getLogger("asyncio").addHandler(self)

    def stop(self):
        logging.getLogger("asyncio").removeHandler(self)
        self._loop.set_debug(False)

    def emit(self, record):
        slow = re.search(r"(\w+)\(\) .*?:(\d+).* took ([\d.]+) seconds", record.getMessage())
        if slow:
            self._said.append(("blocks", f"{slow[1]}:{slow[2]}"))
            self._lag = max(self._lag, float(slow[3]))

    def lag(self):
        return self._lag

    def culprits(self):
        return self._said

    def pending(self):
        return sorted(task.get_coro().__name__ for task in asyncio.all_tasks(self._loop))
