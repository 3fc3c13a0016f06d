# HANG: one None ends one consumer, and there are more.
# Says: learn that nothing more comes
import queue
import threading


class Consumer:
    def __init__(self, buffer, consume, failures):
        self.buffer, self.consume, self.failures = buffer, consume, failures

    def __call__(self):
        while (item := self.buffer.get()) is not None:
            try:
                self.consume(item)
            except Exception as error:
                self.failures.append(error)


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(capacity), []
    threads = [threading.Thread(target=Consumer(buffer, consume, failures)) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        buffer.put(None)  # one, for all of them
        for thread in threads:
            thread.join()
    return failures
