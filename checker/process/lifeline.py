"""The grader's end of a keeper's lifeline. The keeper reports on it; closing it ends all processes of the attempt."""

from __future__ import annotations

import contextlib
import socket

from checker.attempt import keeper
from checker.model.outcome import Died, Outcome, Overrun

CLOSE_S = 3.0
REPORT_S = 2.0
"""By then the keeper has reported how a process ended."""


class Lifeline:
    """`keepers` is the other end, for the keeper."""

    def __init__(self) -> None:
        self._ours, self.keepers = socket.socketpair()
        self._keeper = 0
        self.is_outrun = False
        """The attempt's processes fork faster than signals come, and may live on after `close`."""

    def fileno(self) -> int:
        return self._ours.fileno()

    def await_start(self, timeout_s: float) -> tuple[int, int, bool]:
        """The ids of the attempt's process and of its keeper, and whether the GIL was on when they were forked.

        Raises OSError or ValueError when it did not start.
        """
        self._ours.settimeout(timeout_s)
        told = [int(self._ours.recv(keeper.NUMBER_BYTES, socket.MSG_WAITALL)) for _ in range(3)]
        attempt, self._keeper, gil = told
        return attempt, self._keeper, bool(gil)

    def end(self) -> Outcome:
        """Why the attempt's process is gone."""
        self._ours.settimeout(REPORT_S)
        try:
            return Died(status=int(self._ours.recv(keeper.NUMBER_BYTES)))
        except TimeoutError:
            return Overrun(what="it closed its connection to the grader")
        except (OSError, ValueError):
            return Overrun(what="it interfered with the process that watches over it")

    def close(self) -> None:
        """Close it, and wait until the keeper closes its end because everything is dead. Exit codes may come first."""
        with contextlib.suppress(OSError):
            self._ours.shutdown(socket.SHUT_WR)
            self._ours.settimeout(CLOSE_S)
            try:
                while said := self._ours.recv(64):
                    self.is_outrun = keeper.OUTRUN in said
            except TimeoutError:
                if self._keeper:  # unknown, if it never reported: then it ends when it finds its lifeline closed
                    self.is_outrun = not keeper.take_down(self._keeper)
        self._ours.close()
