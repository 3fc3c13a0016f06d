# HANG: who looks at the flag late sees a failure of the next phase, for which others have come already.
# Says: is broken by `abort()` holds nobody
import threading
from contextlib import closing


def run_phases(workers, phases, connect):
    reports = {w: [] for w in workers}
    barrier = threading.Barrier(len(workers))
    failures = []

    def life(w):
        with closing(connect(w)) as c:
            for phase in phases:
                try:
                    reports[w].append(c.work(phase))
                except Exception as e:
                    failures.append(e)
                barrier.wait()
                if failures:
                    return

    threads = [threading.Thread(target=life, args=(w,)) for w in workers]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if failures:
        raise failures[0]
    return reports
