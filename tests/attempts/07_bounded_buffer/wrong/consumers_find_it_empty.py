# LOST: the consumers find the buffer empty before the first item comes, and end.
# Says: Is whoever should do that still there
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(), []

    def consumer():
        while not buffer.empty():
            item = buffer.get()
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    while (item := produce()) is not None:
        buffer.put(item)
    for thread in threads:
        thread.join()
    return failures
