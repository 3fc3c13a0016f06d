# HANG: who finds nothing for a second goes home, and the producer's sentinels find no room.
# Says: is that one still there
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while True:
            try:
                item = buffer.get(timeout=1.0)
            except queue.Empty:
                return
            if item is None:
                return
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
        for _ in threads:
            buffer.put(None)
        for thread in threads:
            thread.join()
    return failures
