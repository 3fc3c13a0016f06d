# LOST: immediate=True throws away what still waits in the queue.
# needs 3.13
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while True:
            try:
                item = buffer.get()
            except queue.ShutDown:
                return
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
        buffer.shutdown(immediate=True)
        for thread in threads:
            thread.join()
    return failures
