"""Produce items and consume them at the same time."""

import queue
import sys
import threading

END = object()


class Consumer(threading.Thread):
    def __init__(self, buffer, consume):
        super().__init__()
        self.buffer, self.consume, self.failures = buffer, consume, []

    def run(self):
        while True:
            self.handle(self.buffer.get())

    def handle(self, item):
        if item is END:
            sys.exit()  # ends this thread, and nothing else
        try:
            self.consume(item)
        except Exception as error:
            self.failures.append(error)


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(capacity)
    consumers = [Consumer(buffer, consume) for _ in range(n_consumers)]
    for consumer in consumers:
        consumer.start()
    try:
        for item in iter(produce, None):
            buffer.put(item)
    finally:
        for _ in consumers:
            buffer.put(END)
        for consumer in consumers:
            consumer.join()
    return [error for consumer in consumers for error in consumer.failures]
