# ORDER: in a pool, any thread gets any connection.
from concurrent.futures import ThreadPoolExecutor


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    with ThreadPoolExecutor(len(workers)) as pool:
        connections = dict(zip(workers, pool.map(connect, workers), strict=True))
        try:
            for phase in phases:
                parts = {worker: pool.submit(connections[worker].work, phase) for worker in workers}
                done = {worker: part.exception() or part.result() for worker, part in parts.items()}
                for worker, report in done.items():
                    if isinstance(report, Exception):
                        raise report
                    reports[worker].append(report)
        finally:
            for connection in connections.values():
                connection.close()
    return reports
