# ORDER: whoever comes last does everybody's part.
import threading


def run_phases(workers, phases, connect):
    reports = {worker: [] for worker in workers}
    connections, failures = {}, []
    arrived = {phase: 0 for phase in phases}
    lock, barrier = threading.Lock(), threading.Barrier(len(workers))

    def work(worker):
        try:
            connections[worker] = connect(worker)
            barrier.wait()
            for phase in phases:
                with lock:
                    arrived[phase] += 1
                    if arrived[phase] == len(workers):
                        for each in workers:
                            reports[each].append(connections[each].work(phase))
                barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except Exception as error:
            failures.append(error)
            barrier.abort()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for connection in connections.values():
        connection.close()
    if failures:
        raise failures[0]
    return reports
