# HANG: a failed item is never counted as done, so join waits for ever.
# Says: Call it in a `finally`
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while True:
            item = buffer.get()
            if item is None:
                return
            try:
                consume(item)
                buffer.task_done()
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
        buffer.join()
    finally:
        for _ in threads:
            buffer.put(None)
        for thread in threads:
            thread.join()
    return failures
