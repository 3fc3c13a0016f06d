# task_done in a finally, join, and only then the sentinels.
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while True:
            item = buffer.get()
            try:
                if item is None:
                    return
                consume(item)
            except Exception as error:
                failures.append(error)
            finally:
                buffer.task_done()

    threads = [threading.Thread(target=consumer, daemon=True) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        for item in iter(produce, None):
            buffer.put(item)
        buffer.join()
    finally:
        for _ in threads:
            buffer.put(None)
        for thread in threads:
            thread.join()
    return failures
