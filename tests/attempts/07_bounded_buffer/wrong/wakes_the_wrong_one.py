# HANG: both sides wait in one Condition, and notify wakes one, perhaps of the wrong side.
# Says: perhaps one that waits for something else
import threading
from collections import deque


def pipeline(produce, consume, n_consumers, capacity):
    items, failures = deque(), []
    changed = threading.Condition()
    done = False

    def consumer():
        while True:
            with changed:
                while not items and not done:
                    changed.wait()
                if not items:
                    return
                item = items.popleft()
                changed.notify()
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
                changed.notify()
    finally:
        with changed:
            done = True
            changed.notify_all()
        for thread in threads:
            thread.join()
    return failures
