"""Watches graders from outside: ends those that stand still, take too long or too much memory, and what they leave."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable

from checker.attempt import descendants, keeper
from checker.classroom.grader_process import GraderProcess

LOOK_EVERY_S = 0.2


class Watchdog:
    """A thread that runs from the first grader until `close`."""

    def __init__(self, make: Callable[[], GraderProcess], adopts: bool) -> None:
        """`make`: starts a grader.

        `adopts`: what outlives its grader becomes a child of this process, and is ended (on Linux). Only for a process
        that starts nothing else in a session of its own.
        """
        self._make = make
        self._adopts = adopts and descendants.KERNEL_TELLS
        self._graders: list[GraderProcess] = []
        self._starting = threading.Lock()
        self._adopted = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> GraderProcess:
        """A new grader, which is watched."""
        with self._starting:
            if self._thread is None:
                if self._adopts:
                    keeper.adopt_orphans()
                self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
                self._thread.start()
            grader = self._make()
            self._graders.append(grader)
            return grader

    def end(self, grader: GraderProcess, why: str = "") -> None:
        """End a grader, with everything that it has started."""
        grader.end(why)
        with self._starting:
            if grader in self._graders:
                self._graders.remove(grader)
        self._end_orphans()

    def kill(self) -> None:
        """End all graders now, whatever they are doing."""
        for grader in list(self._graders):
            self.end(grader, "was told to end")

    def close(self) -> None:
        """End the graders when they have nothing to do."""
        for grader in list(self._graders):
            grader.close()
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        self._end_orphans()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            for grader in list(self._graders):
                if why := grader.fault():
                    self.end(grader, why)

    def _end_orphans(self) -> None:
        """A child of this process in a session that is not its own was started by a grader that is gone."""
        if not self._adopts:
            return
        with self._adopted:
            for pid in descendants.children(os.getpid()):
                with contextlib.suppress(ProcessLookupError, ChildProcessError):
                    if os.getsid(pid) != os.getsid(0):
                        keeper.take_down(pid)
                        os.waitpid(pid, 0)
