# WRONG_RESULT: a list at the top of the file still has what an earlier call has failed with.
# Says: Make it inside `run_phases`
import threading
from contextlib import closing

failures = []


def run_phases(workers, phases, connect):
    reports = {w: [] for w in workers}
    barrier = threading.Barrier(len(workers))

    def life(w):
        try:
            with closing(connect(w)) as c:
                for phase in phases:
                    reports[w].append(c.work(phase))
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
