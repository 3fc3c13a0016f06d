# LOST: no list of reports is made for a worker: each thread dies of a KeyError.
# Says: Which line puts it in
import threading


def run_phases(workers, phases, connect):
    reports = {}
    barrier = threading.Barrier(len(workers))

    def work(worker):
        connection = connect(worker)
        try:
            for phase in phases:
                reports[worker].append(connection.work(phase))
                barrier.wait()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return reports
