# SWALLOWED: the barrier is aborted, and nobody says why.
import contextlib
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    barrier = threading.Barrier(len(workers))

    def work(worker):
        try:
            with contextlib.closing(connect(worker)) as connection:
                for phase in phases:
                    reports[worker].append(connection.work(phase))
                    barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except Exception:
            barrier.abort()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return reports
