"""Some workers go through some phases together: one worker after the other in each phase."""

from collections.abc import Callable


def run_phases(workers: list[str], phases: list[str], connect: Callable) -> dict[str, list]:
    """Let every worker do every phase. Return a dict: worker -> the list of its reports, one for each phase.

    connect(worker) opens the worker's own connection, which takes longer than a phase.
    connection.work(phase) does the worker's part of a phase and returns its report;
    connection.close() ends it. Only the thread that opened a connection may work with it.

    Nobody may begin a phase before all workers have done their part of the phase before. If a part
    fails, nobody begins the next phase, all connections are closed, and the caller gets the exception.
    """
    reports = {worker: [] for worker in workers}
    connections = {}
    try:
        for worker in workers:
            connections[worker] = connect(worker)
        for phase in phases:
            for worker in workers:
                reports[worker].append(connections[worker].work(phase))
    finally:
        for connection in connections.values():
            connection.close()
    return reports
