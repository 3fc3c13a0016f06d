# HANG: the consumers are to start when all is in the buffer, which has not so much room.
# Says: was it started
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(maxsize=capacity)
    failures = []

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    while (item := produce()) is not None:
        buffer.put(item)
    for _ in threads:
        buffer.put(None)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
