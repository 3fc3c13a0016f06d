# BUSY_WAIT: get_nowait in a loop is looking again and again.
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []
    over = threading.Event()

    def consumer():
        while not (over.is_set() and buffer.empty()):
            try:
                item = buffer.get_nowait()
            except queue.Empty:
                continue
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
