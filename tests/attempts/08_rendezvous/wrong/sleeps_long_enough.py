# ORDER: a sleep that is long enough for most is not long enough for everybody.
import threading
import time


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []

    def work(worker):
        connection = None
        try:
            connection = connect(worker)
            begun_s = time.monotonic()
            for number, phase in enumerate(phases, 1):
                if failures:
                    break
                reports[worker].append(connection.work(phase))
                time.sleep(max(0.0, begun_s + 0.4 * number - time.monotonic()))
        except Exception as error:
            failures.append(error)
        finally:
            if connection is not None:
                connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
