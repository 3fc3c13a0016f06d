# SWALLOWED: if items have failed, nobody hears that produce has.
# Says: The work failed with ConnectionError
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(maxsize=capacity)
    failures = []
    crash = None

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for t in threads:
        t.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    except Exception as error:
        crash = error
    for _ in threads:
        buffer.put(None)
    for t in threads:
        t.join()
    if crash and not failures:
        raise crash
    return failures
