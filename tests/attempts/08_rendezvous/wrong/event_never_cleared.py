# ORDER: from the second phase on the event is set already, and holds nobody back.
import contextlib
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures, arrived = [], []
    everybody_is_here = threading.Event()

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    arrived.append(worker)
                    if len(arrived) == len(workers):
                        everybody_is_here.set()
                    everybody_is_here.wait()
                    if failures:
                        return
        except Exception as error:
            failures.append(error)
            everybody_is_here.set()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
