# CRASHED: the first future has the BrokenBarrierError of one who only waited.
# Says: somebody else has failed
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def run_phases(workers, phases, connect):
    barrier = Barrier(len(workers))

    def build(worker):
        reports = []
        connection = connect(worker)
        try:
            for phase in phases:
                reports.append(connection.work(phase))
                barrier.wait()
        except Exception:
            barrier.abort()
            raise
        finally:
            connection.close()
        return reports

    with ThreadPoolExecutor(len(workers)) as pool:
        futures = {worker: pool.submit(build, worker) for worker in workers}
        return {worker: future.result() for worker, future in futures.items()}
