# Each worker is a pool of one thread, and the main thread waits for all after each phase.
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack


def run_phases(workers, phases, connect):
    with ExitStack() as stack:
        pools = {worker: stack.enter_context(ThreadPoolExecutor(1)) for worker in workers}
        opening = {worker: pool.submit(connect, worker) for worker, pool in pools.items()}
        connections = {}
        wait(opening.values())
        for future in opening.values():
            if future.exception() is None:
                stack.callback(future.result().close)
        for worker, future in opening.items():
            connections[worker] = future.result()
        reports = {worker: [] for worker in workers}
        for phase in phases:
            parts = {worker: pools[worker].submit(connections[worker].work, phase) for worker in workers}
            wait(parts.values())
            for worker, part in parts.items():
                reports[worker].append(part.result())
        return reports
