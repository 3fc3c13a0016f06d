# HANG: the consumer is called where it should be handed over, and waits in the main thread.
# Says: Thread(target=consumer)
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

    threads = [threading.Thread(target=consumer()) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    while (item := produce()) is not None:
        buffer.put(item)
    for _ in threads:
        buffer.put(None)
    for thread in threads:
        thread.join()
    return failures
