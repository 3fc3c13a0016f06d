# CRASHED: the module is imported, and the class is used without it.
# Says: write `queue.Queue`
from threading import Thread
import queue


def pipeline(produce, consume, n_consumers, capacity):
    q = Queue(capacity)
    failures = []

    def work():
        while True:
            item = q.get()
            if item is None:
                break
            try:
                consume(item)
            except Exception as e:
                failures.append(e)

    ts = [Thread(target=work) for _ in range(n_consumers)]
    for t in ts:
        t.start()
    while (item := produce()) is not None:
        q.put(item)
    for t in ts:
        q.put(None)
    for t in ts:
        t.join()
    return failures
