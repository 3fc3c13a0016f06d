# SWALLOWED: two failures of one text are one.
# Says: reports 1 failure
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
                if repr(error) not in map(repr, failures):
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
