"""Grader processes on this machine: one per thread that asks, so that it is known whose job broke one."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
import time
from multiprocessing.connection import Connection

import msgspec

from checker.classroom import jobs, lane
from checker.classroom.jobs import Job, Part
from checker.judge import grading
from checker.model.answer import AttemptResult
from checker.process import isolation

LIVES = 2
"""A job that breaks so many grader processes is not tried again."""
DEADLINE_S = 900.0
"""By then a grader has answered, or hangs: pytest gives each check two minutes at most, and retries are few."""
LOOK_EVERY_S = 0.2
END_S = 5.0


class Lanes:
    """A process for every thread that grades, kept for the thread's next job."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._all: list[_GraderProcess] = []
        self._over = False

    def grade(self, job: Job, part: Part) -> AttemptResult:
        """Never raises because of an attempt, not even of one that breaks the grader."""
        why = "ended"
        for _ in range(LIVES):
            process: _GraderProcess = getattr(self._own, "process", None) or self._start()
            try:
                return process.grade(job, part)
            except _Broken as broken:
                why = str(broken)
                self._own.process = None
                process.kill()
                if self._over:
                    break
        return grading.of_ours(job.exercise, f"the grader's own process {why} {LIVES} times over this attempt")

    def _start(self) -> _GraderProcess:
        started = _GraderProcess()
        self._own.process = started
        self._all.append(started)
        return started

    def kill(self) -> None:
        """End all processes now, whatever they are doing."""
        self._over = True
        for process in self._all:
            process.kill()

    def close(self) -> None:
        """End them when they have nothing to do."""
        for process in self._all:
            process.close()


class _Broken(Exception):
    """A grader process that gave no answer; the message says what it did."""


class _GraderProcess:
    """One, which is idle or has one job."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [*isolation.python(lane.__name__), str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
        self._connection = Connection(ours.detach())
        self._send(msgspec.json.encode(isolation.best()))

    def grade(self, job: Job, part: Part) -> AttemptResult:
        """Raises _Broken."""
        self._send(jobs.encoded(job, part))
        deadline_s = time.monotonic() + DEADLINE_S
        while not self._has_answered():
            if time.monotonic() > deadline_s:
                raise _Broken(f"did not answer for {DEADLINE_S:g} s")
        try:
            return msgspec.json.decode(self._connection.recv_bytes(), type=AttemptResult)
        except (EOFError, OSError) as error:
            raise _Broken("ended") from error
        except msgspec.MsgspecError as error:
            raise _Broken("gave an answer that is none") from error

    def _has_answered(self) -> bool:
        """Raises _Broken. The end is told by the process, too: something that it started may hold the connection."""
        try:
            if self._connection.poll(LOOK_EVERY_S):
                return True
            if self._process.poll() is not None and not self._connection.poll(0):
                raise _Broken("ended")
        except OSError as error:
            raise _Broken("ended") from error
        return False

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended: whoever waits for the answer will find out
            self._connection.send_bytes(message)

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        """A process whose connection closes ends by itself."""
        self._connection.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
