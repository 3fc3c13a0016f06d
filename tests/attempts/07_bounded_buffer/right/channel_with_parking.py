"""A bounded channel. Who has to wait parks at a gate of its own: a lock that is taken, and that another thread opens."""

import threading
from collections import deque


class Channel:
    def __init__(self, capacity):
        self._capacity, self._items = capacity, deque()
        self._mutex = threading.Lock()
        self._givers, self._takers = deque(), deque()

    def _park(self, line):
        """Let go of the mutex until somebody opens the gate; then take it again, and look again."""
        gate = threading.Lock()
        gate.acquire()
        line.append(gate)
        self._mutex.release()
        gate.acquire()
        self._mutex.acquire()

    def put(self, item):
        with self._mutex:
            while len(self._items) >= self._capacity:
                self._park(self._givers)
            self._items.append(item)
            if self._takers:
                self._takers.popleft().release()

    def get(self):
        with self._mutex:
            while not self._items:
                self._park(self._takers)
            item = self._items.popleft()
            if self._givers:
                self._givers.popleft().release()
            return item


def pipeline(produce, consume, n_consumers, capacity):
    channel, failures = Channel(capacity), []

    def consumer():
        while (item := channel.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            channel.put(item)
    finally:
        for _ in threads:
            channel.put(None)
        for thread in threads:
            thread.join()
    return failures
