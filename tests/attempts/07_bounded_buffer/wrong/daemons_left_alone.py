# LEAK_THREAD: join waits for the items, and the consumers wait for ever.
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while True:
            item = buffer.get()
            try:
                consume(item)
            except Exception as error:
                failures.append(error)
            finally:
                buffer.task_done()

    for _ in range(n_consumers):
        threading.Thread(target=consumer, daemon=True).start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        buffer.join()
    return failures
