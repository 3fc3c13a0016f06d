# UNDER_USED: a thread produces for itself, one at a time; nothing is made ahead.
import threading


def pipeline(produce, consume, n_consumers, capacity):
    failures, broken, lock = [], [], threading.Lock()

    def work():
        while True:
            with lock:
                if broken:
                    return
                try:
                    item = produce()
                except Exception as error:
                    broken.append(error)
                    return
            if item is None:
                return
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return failures
