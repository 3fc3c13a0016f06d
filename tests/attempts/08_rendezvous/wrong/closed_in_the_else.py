# LEAK_SESSION: the `else` of a `try` is only for what went well.
# Says: in a `finally`
import threading


def run_phases(workers, phases, connect):
    reports = {w: [] for w in workers}
    barrier = threading.Barrier(len(workers))
    failures = []

    def life(w):
        c = connect(w)
        try:
            for phase in phases:
                reports[w].append(c.work(phase))
                barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except Exception as e:
            failures.append(e)
            barrier.abort()
        else:
            c.close()

    threads = [threading.Thread(target=life, args=(w,)) for w in workers]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if failures:
        raise failures[0]
    return reports
