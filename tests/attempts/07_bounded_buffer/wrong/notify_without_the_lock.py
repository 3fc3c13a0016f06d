# CRASHED: notify outside of the with block.
# Says: inside of a `with` block
import threading
from collections import deque


def pipeline(produce, consume, n_consumers, capacity):
    changed = threading.Condition()
    items = deque()
    over = False
    failures = []

    def consumer():
        while True:
            with changed:
                while not items and not over:
                    changed.wait()
                if not items:
                    return
                item = items.popleft()
            changed.notify_all()
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
                while len(items) >= capacity:
                    changed.wait()
                items.append(item)
            changed.notify_all()
    finally:
        with changed:
            over = True
            changed.notify_all()
        for thread in threads:
            thread.join()
    return failures
