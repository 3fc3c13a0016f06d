# DUPLICATE: what has failed is tried once more.
# Says: is not done again
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
                    try:
                        report = c.work(phase)
                    except Exception:
                        report = c.work(phase)
                    reports[w].append(report)
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
    return reports
