# LOST: a key that is an empty text counts as false.
import threading
from contextlib import closing


def fetch_all(keys, connect, workers):
    found = {}
    it, lock = iter(range(len(keys))), threading.Lock()

    def take():
        with lock:
            return next(it, None)

    def work():
        with closing(connect()) as c:
            while (i := take()) is not None and keys[i]:
                try:
                    found[i] = c.get(keys[i])
                except Exception as e:
                    found[i] = e

    ts = [threading.Thread(target=work) for _ in range(workers)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    return [found.get(i) for i in range(len(keys))]
