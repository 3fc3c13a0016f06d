"""A grader process: takes jobs from the process that started it, one after the other, and ends with it.

It is a program of its own, not a child of multiprocessing: a worker of Dask under its nanny is a daemonic process, and
those may have no such children.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from checker.attempt import keeper
from checker.classroom import jobs
from checker.process import build, isolation
from checker.process.isolation import Isolation

BEAT = b""
"""Sent when it takes a job, and every second while it grades that: a sign that its threads can run."""
BEAT_EVERY_S = 1.0


def main(descriptor: int, silence_s: float, width: int = 1, built: str = "") -> None:
    """`descriptor`: of the connection, whose messages are our own JSON: first how attempts are isolated, then jobs.

    `silence_s`: after so long without a beat it ends itself, even if nobody is left to end it.
    `width`: how many checks of a job go on at the same time. `built`: the folder of what graders have compiled.
    """
    build.share(Path(built) if built else None)
    keeper.adopt_orphans()  # if a fork server ends, its children become this process's
    os.set_inheritable(descriptor, False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the process that started this one
    connection = Connection(descriptor)
    isolation.assume(msgspec.json.decode(connection.recv_bytes(), type=Isolation))
    grader = _Grader(connection, silence_s, width)
    threading.Thread(target=grader.listen, daemon=True).start()
    grader.work()
    jobs.close()


class _Grader:
    """One thread listens, so that it notices at any time that the other end is gone; the main thread grades."""

    def __init__(self, connection: Connection, silence_s: float, width: int) -> None:
        self._connection = connection
        self._silence_s = silence_s
        self._width = width
        self._orders: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._is_busy = False
        self._sending = threading.Lock()
        self._nowhere = Path(os.devnull).open("w")  # noqa: SIM115  (as long as the process)

    def work(self) -> None:
        """Grade until the other end is gone."""
        while (order := self._orders.get()) is not None:
            answer = jobs.perform_encoded(order, self._width)
            with self._sending:
                self._is_busy = False
                self._connection.send_bytes(answer)

    def listen(self) -> None:
        """Take jobs. When the other end is gone, end this process, whatever it is doing."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                if self._connection.poll(BEAT_EVERY_S):
                    self._orders.put(self._order())
                else:
                    self._beat()
        if self._is_busy:
            os._exit(1)
        self._orders.put(None)

    def _order(self) -> bytes:
        order = self._connection.recv_bytes()
        self._is_busy = True
        self._beat()
        return order

    def _beat(self) -> None:
        """If the next beat does not come in time, faulthandler's thread, which needs no GIL, ends this process."""
        faulthandler.dump_traceback_later(self._silence_s, exit=True, file=self._nowhere)
        with self._sending:
            if self._is_busy:
                self._connection.send_bytes(BEAT)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
