# ORDER: every lambda looks the worker up when the loop is over.
# Says: looks `worker` up when a thread calls it
import contextlib
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []
    barrier = threading.Barrier(len(workers))

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except Exception as error:
            failures.append(error)
            barrier.abort()

    threads = []
    for worker in workers:
        thread = threading.Thread(target=lambda: work(worker))
        threads.append(thread)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
