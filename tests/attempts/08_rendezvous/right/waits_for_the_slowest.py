# Each says how far it is, and waits until the slowest is as far.
import threading
from concurrent.futures import ThreadPoolExecutor


class Failed(Exception):
    pass


def run_phases(workers, phases, connect):
    """Each says how far it is, and waits for the slowest."""
    changed = threading.Condition()
    done = dict.fromkeys(workers, 0)
    failed = []

    def come_to(worker, phase):
        with changed:
            done[worker] = phase
            changed.notify_all()
            changed.wait_for(lambda: failed or min(done.values()) >= phase)
            if failed:
                raise Failed

    def work(worker):
        reports = []
        try:
            connection = connect(worker)
            try:
                for number, phase in enumerate(phases, 1):
                    reports.append(connection.work(phase))
                    come_to(worker, number)
            finally:
                connection.close()
        except Failed:
            pass
        except BaseException as error:
            with changed:
                failed.append(error)
                changed.notify_all()
        return reports

    with ThreadPoolExecutor(len(workers)) as pool:
        reports = dict(zip(workers, pool.map(work, workers)))
    if failed:
        raise failed[0]
    return reports
