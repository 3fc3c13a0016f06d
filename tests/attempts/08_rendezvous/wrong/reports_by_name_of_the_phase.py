# LOST: two phases of one name have one entry.
# Says: Two phases have one name
import threading
from contextlib import closing


def run_phases(workers, phases, connect):
    reports = {w: {} for w in workers}
    barrier = threading.Barrier(len(workers))
    failures = []

    def life(w):
        try:
            with closing(connect(w)) as c:
                for phase in phases:
                    reports[w][phase] = c.work(phase)
                    barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except Exception as e:
            failures.append(e)
            barrier.abort()

    threads = [threading.Thread(target=life, args=(w,)) for w in workers]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if failures:
        raise failures[0]
    return {w: [*r.values()] for w, r in reports.items()}
