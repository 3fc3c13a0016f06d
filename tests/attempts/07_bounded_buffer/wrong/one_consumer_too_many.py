# OVER_LIMIT: from 0 to n_consumers are n_consumers + 1 threads.
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def work():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = []
    for number in range(0, n_consumers + 1):
        threads.append(threading.Thread(target=work, name=f"consumer {number}"))
        threads[-1].start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        for _ in threads:
            buffer.put(None)
        for thread in threads:
            thread.join()
    return failures
