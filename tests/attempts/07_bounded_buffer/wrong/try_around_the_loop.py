# HANG: the try is around the loop, so that the first failure ends the consumer, in good order.
# Says: is that one still there
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(maxsize=capacity)
    failures = []

    def consumer():
        try:
            while (item := buffer.get()) is not None:
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
