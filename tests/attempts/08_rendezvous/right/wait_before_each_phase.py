# The barrier comes before a phase instead of after it, and failures come out of futures.
import threading
from concurrent.futures import ThreadPoolExecutor


def run_phases(workers, phases, connect):
    barrier = threading.Barrier(len(workers))

    def work(worker):
        connection = None
        try:
            connection = connect(worker)
            reports = []
            for phase in phases:
                barrier.wait()
                reports.append(connection.work(phase))
            barrier.wait()
            return reports
        except Exception:
            barrier.abort()
            raise
        finally:
            if connection is not None:
                connection.close()

    with ThreadPoolExecutor(len(workers)) as pool:
        futures = {worker: pool.submit(work, worker) for worker in workers}
    errors = [future.exception() for future in futures.values() if future.exception()]
    for error in errors:
        if not isinstance(error, threading.BrokenBarrierError):
            raise error
    return {worker: future.result() for worker, future in futures.items()}
