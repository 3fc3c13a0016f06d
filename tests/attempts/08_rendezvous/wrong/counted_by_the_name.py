# ORDER: counted by the name of the phase: when a name comes again, all are there already.
# Says: no two phases as one
import threading
from collections import Counter


def run_phases(workers, phases, connect):
    """Let every worker do every phase. Return a dict: worker -> the list of its reports, one for each phase."""
    reports = {worker: [] for worker in workers}
    done = Counter()
    changed = threading.Condition()
    failures = []

    def work(worker):
        connection = None
        try:
            connection = connect(worker)
            for phase in phases:
                reports[worker].append(connection.work(phase))
                with changed:
                    done[phase] += 1
                    changed.notify_all()
                    changed.wait_for(lambda: done[phase] >= len(workers) or failures)
                    if done[phase] < len(workers):
                        break
        except Exception as error:
            with changed:
                failures.append(error)
                changed.notify_all()
        finally:
            if connection is not None:
                connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
