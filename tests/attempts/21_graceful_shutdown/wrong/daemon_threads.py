# LOST: daemon threads are cut off: nobody waits for them.
import signal
import threading


class Service:
    def __init__(self, work):
        self.work = work
        self.accepting = False
        self.unfinished = []

    def start(self):
        self.accepting = True

    def submit(self, job):
        if not self.accepting:
            raise RuntimeError("closed")
        threading.Thread(target=self.do, args=(job,), daemon=True).start()

    def do(self, job):
        try:
            self.work(job)
        except Exception:
            self.unfinished.append(job)

    def stop(self, grace):
        self.accepting = False
        return self.unfinished

    def run(self, grace):
        terminated = threading.Event()
        signal.signal(signal.SIGTERM, lambda number, frame: terminated.set())
        self.start()
        terminated.wait()
        return self.stop(grace)
