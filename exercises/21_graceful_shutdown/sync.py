"""A service that does jobs, one at a time, and that can be stopped without losing any."""

import signal
import threading
from collections.abc import Callable


class Service:
    """Does the jobs that it is given: work(job) for each.

    work(job) takes its time and may raise an exception. In a `def`, as here, nothing can end it. In an
    `async def` it is a coroutine function, and a task that awaits it can be cancelled.
    """

    def __init__(self, work: Callable) -> None:
        self.work = work
        self.accepting = False
        self.unfinished = []

    def start(self) -> None:
        """From now on, accept jobs."""
        self.accepting = True

    def submit(self, job: str) -> None:
        """Accept a job. Raises RuntimeError before the start, and from the moment at which stop is called."""
        if not self.accepting:
            raise RuntimeError("this service accepts no jobs")
        try:
            self.work(job)
        except Exception:
            self.unfinished.append(job)

    def stop(self, grace: float) -> list[str]:
        """Accept no more jobs, let those that were accepted finish, and cancel what takes more than `grace` seconds.

        Return the jobs that failed or were cancelled, in the order of their acceptance. To call stop
        again changes nothing: every call returns when everything has ended, and returns the same.
        """
        self.accepting = False
        return self.unfinished

    def run(self, grace: float) -> list[str]:
        """Start, wait for the signal SIGTERM, stop, and return what stop returns."""
        terminated = threading.Event()
        signal.signal(signal.SIGTERM, lambda number, frame: terminated.set())
        self.start()
        terminated.wait()
        return self.stop(grace)
