# SERIAL: one thread consumes, whatever n_consumers is.
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    n_consumers = 1
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while (item := buffer.get()) is not None:
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
        for _ in threads:
            buffer.put(None)
        for thread in threads:
            thread.join()
    return failures
