# ORDER: everybody looks for a failure before the slowest has failed.
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []
    barrier = threading.Barrier(len(workers))

    def work(worker):
        connection = connect(worker)
        try:
            for phase in phases:
                try:
                    reports[worker].append(connection.work(phase))
                except Exception as error:
                    failures.append(error)
                failed = bool(failures)
                barrier.wait(timeout=1 if failed else None)
                if failed:
                    break
        except threading.BrokenBarrierError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
