# SWALLOWED: the exception of produce is in the list, where nobody raises it.
# Says: must `raise` it again
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
    except Exception as error:
        failures.append(error)
    finally:
        for _ in threads:
            buffer.put(None)
        for thread in threads:
            thread.join()
    return failures
