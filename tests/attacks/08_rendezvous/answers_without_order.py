# own: takes the driver's place in its own process, and answers with a set, which has no first and no last
import contextlib
import sys
import threading

if "scenario" in sys.modules:
    sys.modules["scenario"].fail_at_once = lambda *_: {"ConnectionError"}


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
            pass  # somebody else failed, and has said so
        except Exception as error:
            failures.append(error)
            barrier.abort()

    threads = [threading.Thread(target=work, args=(worker,), name=worker) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
