# Two conditions on one lock, as textbooks have it, behind an iterator.
import threading
from collections import deque


class Buffer:
    def __init__(self, capacity):
        self.items, self.capacity, self.closed = deque(), capacity, False
        lock = threading.Lock()
        self.not_full, self.not_empty = threading.Condition(lock), threading.Condition(lock)

    def put(self, item):
        with self.not_full:
            self.not_full.wait_for(lambda: len(self.items) < self.capacity)
            self.items.append(item)
            self.not_empty.notify()

    def close(self):
        with self.not_empty:
            self.closed = True
            self.not_empty.notify_all()

    def __iter__(self):
        return self

    def __next__(self):
        with self.not_empty:
            self.not_empty.wait_for(lambda: self.items or self.closed)
            if not self.items:
                raise StopIteration
            item = self.items.popleft()
            self.not_full.notify()
            return item


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = Buffer(capacity), []

    def consumer():
        for item in buffer:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        buffer.close()
        for thread in threads:
            thread.join()
    return failures
