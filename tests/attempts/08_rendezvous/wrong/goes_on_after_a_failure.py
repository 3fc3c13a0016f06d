# ORDER: the failure is kept for later, and the next phase begins as if nothing had happened.
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
                    try:
                        reports[worker].append(connection.work(phase))
                    except Exception as error:
                        failures.append(error)
                    barrier.wait()
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
