# Two gates, each a lock that another thread opens; who passed one last holds nothing.
"""Produce items and consume them: through a buffer with two gates, each of which is a lock."""

import threading
from collections import deque
from collections.abc import Callable

END = object()


class Buffer:
    """One gate is open while there is something in it, the other one while there is room; who passes closes it."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.items: deque[object] = deque()
        self.inside = threading.Lock()
        self.turn = threading.Lock()  # one consumer at a time stands at the gate, first come, first served
        self.room = threading.Lock()
        self.something = threading.Lock()
        self.something.acquire()

    def put(self, item: object) -> None:
        self.room.acquire()
        with self.inside:
            self.items.append(item)
            if len(self.items) == 1:
                self.something.release()
            if len(self.items) < self.capacity:
                self.room.release()

    def get(self) -> object:
        with self.turn:
            self.something.acquire()
            with self.inside:
                item = self.items.popleft()
                if self.items:
                    self.something.release()
                if len(self.items) == self.capacity - 1:
                    self.room.release()
                return item


def pipeline(produce: Callable, consume: Callable, n_consumers: int, capacity: int) -> list[Exception]:
    buffer, failures = Buffer(capacity), []

    def work() -> None:
        while (item := buffer.get()) is not END:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    consumers = [threading.Thread(target=work) for _ in range(n_consumers)]
    for consumer in consumers:
        consumer.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        for _ in consumers:
            buffer.put(END)
        for consumer in consumers:
            consumer.join()
    return failures
