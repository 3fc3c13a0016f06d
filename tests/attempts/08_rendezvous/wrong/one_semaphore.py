# DEADLOCK: who is quick comes round again, and takes what was meant for another.
# Says: meant for another
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    failures = []
    gate = threading.Semaphore(0)
    lock = threading.Lock()
    count = 0

    def work(worker):
        nonlocal count
        connection = connect(worker)
        try:
            for phase in phases:
                reports[worker].append(connection.work(phase))
                with lock:
                    count += 1
                    if count == len(workers):
                        count = 0
                        gate.release(len(workers))
                gate.acquire()
                if failures:
                    break
        except Exception as error:
            failures.append(error)
            gate.release(1000)
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
