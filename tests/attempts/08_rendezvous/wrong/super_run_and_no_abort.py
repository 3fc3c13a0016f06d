# HANG: a thread keeps its exception, and the others wait for it at the barrier.
# Says: for a Barrier as many wait as its number says
import contextlib
import threading


class WorkerThread(threading.Thread):
    """Keeps the exception that ends it."""

    error = None

    def run(self):
        try:
            super().run()
        except Exception as error:
            self.error = error


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    barrier = threading.Barrier(len(workers))

    def work(worker):
        with contextlib.closing(connect(worker)) as connection:
            for phase in phases:
                reports[worker].append(connection.work(phase))
                barrier.wait()

    threads = [WorkerThread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for thread in threads:
        if thread.error is not None:
            raise thread.error
    return reports
