# SWALLOWED: two failures of equal items are one.
# Says: reports 1 failure
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(maxsize=capacity)
    failures = {}
    crash = []

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures[item] = error

    def producer():
        try:
            while (item := produce()) is not None:
                buffer.put(item)
        except Exception as error:
            crash.append(error)
        for _ in range(n_consumers):
            buffer.put(None)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)] + [threading.Thread(target=producer)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if crash:
        raise crash[0]
    return list(failures.values())
