# WRONG_RESULT: the next call gets the barrier that the last one has broken.
# Says: kept from one call to the next
import threading
from functools import lru_cache


@lru_cache(maxsize=None)
def get_barrier(parties):
    return threading.Barrier(parties)


def run_phases(workers, phases, connect):
    """Let every worker do every phase. Return a dict: worker -> the list of its reports, one for each phase."""
    barrier = get_barrier(len(workers))
    reports = {worker: [] for worker in workers}
    failures = []

    def work(worker):
        connection = None
        try:
            connection = connect(worker)
            for phase in phases:
                reports[worker].append(connection.work(phase))
                barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except Exception as error:
            failures.append(error)
            barrier.abort()
        finally:
            if connection is not None:
                connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
