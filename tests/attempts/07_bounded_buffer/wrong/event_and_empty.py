# HANG: the event comes when a consumer already waits in get.
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []
    over = threading.Event()

    def consumer():
        while not over.is_set() or not buffer.empty():
            item = buffer.get()
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
        over.set()
        for thread in threads:
            thread.join()
    return failures
