# HANG: join() of the queue waits for task_done(), which nobody calls.
# Says: is it never called
from threading import Thread
from queue import Queue


def pipeline(produce, consume, n_consumers, capacity):
    q = Queue(capacity)
    failures = []

    def work():
        while True:
            item = q.get()
            try:
                consume(item)
            except Exception as e:
                failures.append(e)

    for _ in range(n_consumers):
        Thread(target=work, daemon=True).start()
    while (item := produce()) is not None:
        q.put(item)
    q.join()
    return failures
