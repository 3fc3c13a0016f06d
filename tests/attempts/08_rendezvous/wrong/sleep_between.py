# ORDER: a sleep is as long as it is, however long the others take.
import contextlib
import threading
import time


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    time.sleep(0.05)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
