# HANG: who looks at the flag late sees a failure of the next phase, for which others wait at its latch.
# Says: is broken by `abort()` holds nobody
import threading


class CountDownLatch:
    def __init__(self, n):
        self._n, self._lock, self._zero = n, threading.Lock(), threading.Event()
        if n == 0:
            self._zero.set()

    def count_down(self):
        with self._lock:
            self._n -= 1
            if self._n == 0:
                self._zero.set()

    def wait(self):
        self._zero.wait()


class Worker(threading.Thread):
    def __init__(self, name, phases, connect, latches, failures):
        super().__init__(name=name)
        self.worker = name
        self.phases, self.connect, self.latches, self.failures = phases, connect, latches, failures
        self.reports = []

    def run(self):
        connection = None
        try:
            connection = self.connect(self.worker)
            for phase, latch in zip(self.phases, self.latches):
                try:
                    self.reports.append(connection.work(phase))
                except Exception as e:
                    self.failures.append(e)
                latch.count_down()
                latch.wait()
                if self.failures:
                    return
        except Exception as e:
            self.failures.append(e)
            for latch in self.latches:
                latch.count_down()
        finally:
            if connection is not None:
                connection.close()


def run_phases(workers, phases, connect):
    latches = [CountDownLatch(len(workers)) for _ in phases]
    failures = []
    crew = [Worker(w, phases, connect, latches, failures) for w in workers]
    for w in crew:
        w.start()
    for w in crew:
        w.join()
    for e in failures:
        raise e
    return {w.worker: w.reports for w in crew}
