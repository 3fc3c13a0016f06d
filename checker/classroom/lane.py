"""A grader process: takes jobs from the process that started it, one after the other, and ends with it.

Started as a program of its own, not by multiprocessing: a worker of Dask under its nanny is a daemonic process, and
those may have no children of multiprocessing's.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection

import msgspec

from checker.classroom import jobs
from checker.process import isolation
from checker.process.isolation import Isolation


def main(descriptor: int) -> None:
    """`descriptor`: of the connection, whose messages are our own JSON: first what isolates attempts, then jobs."""
    os.set_inheritable(descriptor, False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the process that started this one
    connection = Connection(descriptor)
    isolation.assume(msgspec.json.decode(connection.recv_bytes(), type=Isolation))
    jobs.grader()
    lane = _Lane(connection)
    threading.Thread(target=lane.listen, daemon=True).start()
    lane.work()
    jobs.grader().close()


class _Lane:
    """One thread listens, so that it is known at any time when the other end is gone; the main thread grades."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._orders: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._is_busy = False

    def work(self) -> None:
        """Until there is nobody to work for."""
        while (order := self._orders.get()) is not None:
            self._connection.send_bytes(jobs.perform_encoded(order))
            self._is_busy = False

    def listen(self) -> None:
        """When the other end is gone, so is this process, whatever it is doing."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                order = self._connection.recv_bytes()
                self._is_busy = True
                self._orders.put(order)
        if self._is_busy:
            os._exit(1)
        self._orders.put(None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
