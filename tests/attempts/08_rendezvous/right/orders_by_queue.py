# Each worker gets its phases from a queue of its own, and tells how it went through another.
import queue
import threading


def run_phases(workers, phases, connect):
    orders = {worker: queue.SimpleQueue() for worker in workers}
    told = queue.SimpleQueue()

    def work(worker):
        connection = None
        try:
            connection = connect(worker)
            told.put((worker, None, None))
            for phase in iter(orders[worker].get, None):
                told.put((worker, connection.work(phase), None))
        except Exception as error:
            told.put((worker, None, error))
        finally:
            if connection is not None:
                connection.close()

    def all_tell():
        told_now = [told.get() for _ in workers]
        error = next((error for _, _, error in told_now if error is not None), None)
        if error is not None:
            raise error
        return {worker: report for worker, report, _ in told_now}

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    reports = {worker: [] for worker in workers}
    try:
        all_tell()
        for phase in phases:
            for order in orders.values():
                order.put(phase)
            for worker, report in all_tell().items():
                reports[worker].append(report)
    finally:
        for order in orders.values():
            order.put(None)
        for thread in threads:
            thread.join()
    return reports
