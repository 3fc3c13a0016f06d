# DUPLICATE: what fails is tried three times.
# Says: is not called again
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

    def patient():
        for turn in range(3):
            try:
                return produce()
            except Exception as error:
                last = error
        raise last

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for t in threads:
        t.start()
    try:
        while (item := patient()) is not None:
            buffer.put(item)
    finally:
        for _ in threads:
            buffer.put(None)
        for t in threads:
            t.join()
    return failures
