# CRASHED: a timeout breaks the barrier although nobody has failed.
# Says: although nobody had failed
import contextlib
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []
    barrier = threading.Barrier(len(workers))

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    barrier.wait(timeout=0.05)
        except Exception as error:
            failures.append(error)
            barrier.abort()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
