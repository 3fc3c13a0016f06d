# SWALLOWED: the producer's exception ends its thread, and nobody else hears of it.
# Says: ends the thread, and nobody else hears of it
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    def producer():
        try:
            while (item := produce()) is not None:
                buffer.put(item)
        finally:
            for _ in range(n_consumers):
                buffer.put(None)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    threads.append(threading.Thread(target=producer))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
