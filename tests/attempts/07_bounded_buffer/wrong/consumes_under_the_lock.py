# SERIAL: consume is inside the lock, so the consumers wait for each other.
import threading
from collections import deque


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = deque(), []
    changed = threading.Condition()
    over = False

    def take():
        with changed:
            while not buffer and not over:
                changed.wait()
            if not buffer:
                return None
            item = buffer.popleft()
            changed.notify_all()
            return item

    one_at_a_time = threading.Lock()

    def consumer():
        while (item := take()) is not None:
            with one_at_a_time:
                try:
                    consume(item)
                except Exception as error:
                    failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            with changed:
                while len(buffer) >= capacity:
                    changed.wait()
                buffer.append(item)
                changed.notify_all()
    finally:
        with changed:
            over = True
            changed.notify_all()
        for thread in threads:
            thread.join()
    return failures
