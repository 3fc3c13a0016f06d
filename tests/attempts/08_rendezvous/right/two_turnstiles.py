# The Little Book of Semaphores: two turnstiles, one to get in and one to get out, so that nobody laps the others.
import threading


def run_phases(workers, phases, connect):
    number, arrived, failures = len(workers), 0, []
    mutex, way_in, way_out = threading.Lock(), threading.Semaphore(0), threading.Semaphore(0)
    reports = {worker: [] for worker in workers}

    def meet():
        nonlocal arrived
        with mutex:
            arrived += 1
            if arrived == number:
                way_in.release(number)
        way_in.acquire()
        with mutex:
            arrived -= 1
            if arrived == 0:
                way_out.release(number)
        way_out.acquire()

    def work(worker):
        connection = None
        try:
            connection = connect(worker)
        except Exception as error:
            failures.append(error)
        for phase in phases:
            if not failures:
                try:
                    reports[worker].append(connection.work(phase))
                except Exception as error:
                    failures.append(error)
            meet()
            stop = bool(failures)
            meet()  # all have looked before anybody goes on, and perhaps fails in the next phase
            if stop:
                break
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
