# HANG: the last one sets the counter back before the others have looked at it.
import contextlib
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures, arrived = [], 0
    changed = threading.Condition()

    def meet():
        nonlocal arrived
        with changed:
            arrived += 1
            if arrived == len(workers):
                changed.notify_all()
                arrived = 0
                return
            while arrived < len(workers) and not failures:
                changed.wait()

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    meet()
                    if failures:
                        return
        except Exception as error:
            failures.append(error)
            with changed:
                changed.notify_all()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
