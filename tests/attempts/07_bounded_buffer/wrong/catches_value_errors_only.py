# HANG: any other failure ends the consumer, and the producer waits for a place.
# Says: where the work is done
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(maxsize=capacity)
    failures = []

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except ValueError as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for t in threads:
        t.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        for _ in threads:
            buffer.put(None)
        for t in threads:
            t.join()
    return failures
