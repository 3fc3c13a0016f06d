# BUSY_WAIT: looking again and again whether everybody is there.
import contextlib
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for number, phase in enumerate(phases, 1):
                    reports[worker].append(connection.work(phase))
                    while any(len(each) < number for each in reports.values()):
                        if failures:
                            return
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
