# HANG: a worker that cannot connect does not abort the barrier: the others wait for ever.
# Says: `connect(worker)` belongs inside
"""Some workers go through some phases together: side by side, with a barrier after each phase."""

import contextlib
import threading


def run_phases(workers, phases, connect):
    """Let every worker do every phase. Return a dict: worker -> the list of its reports, one for each phase.

    If a part fails, nobody begins the next phase, all connections are closed, and the caller gets the exception.
    """
    reports = {worker: [] for worker in workers}
    failures = []
    barrier = threading.Barrier(len(workers))

    def work(worker):
        connection = connect(worker)
        try:
            with contextlib.closing(connection):
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    barrier.wait()
        except threading.BrokenBarrierError:
            pass  # somebody else failed, and has said so
        except Exception as error:
            failures.append(error)
            barrier.abort()

    threads = [threading.Thread(target=work, args=(worker,), name=worker) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
