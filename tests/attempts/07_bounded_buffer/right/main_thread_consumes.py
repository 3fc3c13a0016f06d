# A thread that produces; the main thread is one of the consumers.
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    """A producer thread of its own; the main thread is one of the consumers."""
    buffer, failures, broken = queue.Queue(maxsize=capacity), [], []

    def producer():
        try:
            while (item := produce()) is not None:
                buffer.put(item)
        except BaseException as error:
            broken.append(error)
        finally:
            for _ in range(n_consumers):
                buffer.put(None)

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=producer)]
    threads += [threading.Thread(target=consumer) for _ in range(n_consumers - 1)]
    for thread in threads:
        thread.start()
    consumer()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return failures
