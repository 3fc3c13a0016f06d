# OVER_LIMIT: each thread produces for itself, all at once.
import threading


def pipeline(produce, consume, n_consumers, capacity):
    failures, broken = [], []

    def work():
        try:
            while (item := produce()) is not None:
                try:
                    consume(item)
                except Exception as error:
                    failures.append(error)
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return failures
