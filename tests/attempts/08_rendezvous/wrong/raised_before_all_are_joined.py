# LEAK_THREAD: the caller gets the exception while others are still at work.
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []
    barrier = threading.Barrier(len(workers))

    def work(worker):
        try:
            connection = connect(worker)
            try:
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    barrier.wait()
            finally:
                connection.close()
        except threading.BrokenBarrierError:
            pass
        except Exception as error:
            failures.append(error)
            barrier.abort()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
        if failures:
            raise failures[0]
    return reports
