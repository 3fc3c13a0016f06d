# UNDER_USED: joining all threads is a barrier, but new threads need new connections.
import contextlib
from concurrent.futures import ThreadPoolExecutor


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}

    def work(worker, phase):
        with contextlib.closing(connect(worker)) as connection:
            return connection.work(phase)

    for phase in phases:
        with ThreadPoolExecutor(len(workers)) as pool:
            parts = {worker: pool.submit(work, worker, phase) for worker in workers}
        for worker, part in parts.items():
            reports[worker].append(part.result())
    return reports
