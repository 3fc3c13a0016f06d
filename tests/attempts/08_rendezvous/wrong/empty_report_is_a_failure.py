# WRONG_RESULT: a worker whose report is empty stops, as if it had failed.
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

    def part(connection, phase):
        try:
            return connection.work(phase)
        except Exception as error:
            failures.append(error)

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for phase in phases:
                    report = part(connection, phase)
                    if not report:
                        barrier.abort()
                        return
                    reports[worker].append(report)
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
