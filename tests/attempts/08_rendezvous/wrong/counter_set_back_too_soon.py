# HANG: who is quick comes round again before the others have seen that the counter is 0.
# Says: before all have seen it
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []
    changed = threading.Condition()
    count = 0

    def meet():
        nonlocal count
        with changed:
            count += 1
            if count == len(workers):
                count = 0
                changed.notify_all()
            else:
                while count != 0 and not failures:
                    changed.wait()

    def work(worker):
        connection = connect(worker)
        try:
            for phase in phases:
                reports[worker].append(connection.work(phase))
                meet()
                if failures:
                    break
        except Exception as error:
            with changed:
                failures.append(error)
                changed.notify_all()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
