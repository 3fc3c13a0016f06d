# Workers are threads of a class of its own, which keep their reports and their failure.
import threading


class Worker(threading.Thread):
    def __init__(self, name, phases, connect, barrier):
        super().__init__(name=name)
        self.phases, self.connect, self.barrier = phases, connect, barrier
        self.reports, self.error = [], None

    def run(self):
        try:
            connection = self.connect(self.name)
        except Exception as error:
            return self.fail(error)
        try:
            for phase in self.phases:
                self.reports.append(connection.work(phase))
                self.barrier.wait()
        except threading.BrokenBarrierError:
            return None
        except Exception as error:
            return self.fail(error)
        finally:
            connection.close()

    def fail(self, error):
        self.error = error
        self.barrier.abort()


def run_phases(workers, phases, connect):
    barrier = threading.Barrier(len(workers))
    crew = [Worker(name, phases, connect, barrier) for name in workers]
    for worker in crew:
        worker.start()
    for worker in crew:
        worker.join()
    for worker in crew:
        if worker.error is not None:
            raise worker.error
    return {worker.name: worker.reports for worker in crew}
