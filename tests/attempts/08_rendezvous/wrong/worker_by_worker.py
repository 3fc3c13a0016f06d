# SERIAL: in each phase, one worker is awaited before the next begins.
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack


def run_phases(workers, phases, connect):
    with ExitStack() as stack:
        pools = {worker: stack.enter_context(ThreadPoolExecutor(1)) for worker in workers}
        connections = {}
        for worker, pool in pools.items():
            connections[worker] = pool.submit(connect, worker).result()
            stack.callback(connections[worker].close)
        reports = {worker: [] for worker in workers}
        for phase in phases:
            for worker, pool in pools.items():
                reports[worker].append(pool.submit(connections[worker].work, phase).result())
        return reports
