# LOST: all consumers are woken for one item; who is late finds nothing, and dies.
import threading
from collections import deque


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = deque(), []
    changed = threading.Condition()
    over = False

    def take():
        with changed:
            if not buffer and not over:
                changed.wait()
            if over and not buffer:
                return None
            item = buffer.popleft()
            changed.notify_all()
            return item

    def consumer():
        while (item := take()) is not None:
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
