# WORK_SKIPPED: a failure is found by a flag, and who is slow is taken for one that will never come.
# Says: breaks the barrier for all
import threading
from contextlib import closing


def run_phases(workers, phases, connect):
    reports = {w: [] for w in workers}
    barrier = threading.Barrier(len(workers))
    failures = []

    def life(w):
        try:
            connection = connect(w)
        except Exception as e:
            failures.append(e)
            barrier.abort()
            return
        with closing(connection) as c:
            for phase in phases:
                try:
                    reports[w].append(c.work(phase))
                except Exception as e:
                    failures.append(e)
                if failures:
                    barrier.abort()
                    return
                try:
                    barrier.wait(timeout=1)
                except threading.BrokenBarrierError:
                    return

    threads = [threading.Thread(target=life, args=(w,)) for w in workers]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if failures:
        raise failures[0]
    return reports
