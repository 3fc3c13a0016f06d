# HANG: any other exception ends a thread, for which all others wait.
# Says: ValueError: no plan
import threading
from contextlib import closing


def run_phases(workers, phases, connect):
    reports = {w: [] for w in workers}
    barrier = threading.Barrier(len(workers))
    failures = []

    def life(w):
        try:
            with closing(connect(w)) as c:
                for phase in phases:
                    reports[w].append(c.work(phase))
                    barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except OSError as e:
            failures.append(e)
            barrier.abort()

    threads = [threading.Thread(target=life, args=(w,)) for w in workers]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if failures:
        raise failures[0]
    return reports
