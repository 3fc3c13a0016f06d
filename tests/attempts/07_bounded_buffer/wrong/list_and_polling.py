# BUSY_WAIT: whoever has nothing to do looks again and again.
import threading


def pipeline(produce, consume, n_consumers, capacity):
    data, failures, lock = [], [], threading.Lock()
    over = threading.Event()

    def consumer():
        while data or not over.is_set():
            with lock:
                item = data.pop(0) if data else None
            if item is not None:
                try:
                    consume(item)
                except Exception as error:
                    failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            while len(data) >= capacity:
                pass
            data.append(item)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    return failures
