# As in the textbooks: one semaphore counts the free places, one the items. A place is taken before producing.
import threading
from collections import deque


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = deque(), []
    places, filled = threading.Semaphore(capacity), threading.Semaphore(0)

    def put(item):
        buffer.append(item)
        filled.release()

    def consumer():
        while True:
            filled.acquire()
            item = buffer.popleft()
            places.release()
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
        places.acquire()
        while (item := produce()) is not None:
            put(item)
            places.acquire()
    finally:
        for _ in threads:
            put(None)
        for thread in threads:
            thread.join()
    return failures
