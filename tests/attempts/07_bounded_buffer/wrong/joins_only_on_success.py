# LEAK_THREAD: when produce fails, the consumers are told to end, and not waited for.
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
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        for _ in range(n_consumers):
            buffer.put(None)
    for thread in threads:
        thread.join()
    return failures
