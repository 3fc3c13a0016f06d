"""A grader process, seen from the one that started it: jobs go in, results come out, or the reason of its end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import psutil

from checker.attempt import keeper
from checker.classroom import grader_main, jobs
from checker.classroom.jobs import Job, Part
from checker.model.answer import AttemptResult
from checker.model.record import Record
from checker.process import isolation, scratch, surroundings

END_S = 5.0
"""How long a grader may take to end itself and its fork server (which it waits for 2 s) after its connection is closed,
before it is killed. It has given its answers by then."""


class Patience(Record):
    """What a grader may use for a job."""

    answer_s: float = 900.0
    """How long it may take: pytest gives each check five minutes at most, and retries are few."""
    silence_s: float = 60.0
    """How long it may be silent: it sends a beat every second, unless it is stopped, or stuck in C with the GIL."""
    memory_mib: int = 1024


class Broken(Exception):
    """A grader gave no answer. The message says what became of it, and follows the words "the grader's own process"."""


class GraderProcess:
    """One grader, idle or with one job. One thread gives it jobs; others may look at it and end it."""

    def __init__(self, patience: Patience, width: int, built: Path) -> None:
        """`width`: how many checks of a job go on at the same time; `built`: the folder of what graders compile."""
        self._patience = patience
        self._folder = scratch.new_grader()
        self._ours, theirs = socket.socketpair()
        with theirs:
            arguments = (theirs.fileno(), 2 * patience.silence_s, width, built)
            command = [*isolation.python(grader_main.__name__), *map(str, arguments)]
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter with our own module)
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, process_group=0,
                env=os.environ | {"TMPDIR": str(self._folder)},
            )  # fmt: skip
        self.pid = self._process.pid
        self._connection = Connection(os.dup(self._ours.fileno()))
        self._begun_s: float | None = None
        self._heard_s = 0.0
        self._has_started = False
        """Until its first beat it may be silent for longer: a busy machine takes long to load it."""
        self._why = ""
        self._ending = threading.Lock()
        self._send(msgspec.json.encode(isolation.best()))

    def grade(self, job: Job, part: Part) -> AttemptResult:
        """Raises Broken."""
        self._begun_s = self._heard_s = time.monotonic()
        self._send(jobs.encoded(job, part))
        try:
            while (answer := self._connection.recv_bytes()) == grader_main.BEAT:
                self._heard_s, self._has_started = time.monotonic(), True
            return jobs.answer_to(job, answer)
        except (EOFError, OSError) as error:
            self._await_end()
            raise Broken(self._why or self.fault() or "closed its connection") from error
        except msgspec.MsgspecError as error:
            raise Broken("gave an answer that is none") from error
        finally:
            self._begun_s = None

    def fault(self) -> str:
        """What is wrong with it now; "": nothing."""
        status = self._process.poll()
        if status is not None:
            return f"was ended by {_signal(-status)}" if status < 0 else f"ended with status {status}"
        begun_s, now_s = self._begun_s, time.monotonic()
        if begun_s is not None and self._has_started and now_s - self._heard_s > self._patience.silence_s:
            return f"stood still for {self._patience.silence_s:g} s"
        if begun_s is not None and now_s - begun_s > self._patience.answer_s:
            return f"did not answer within {self._patience.answer_s:g} s"
        if _memory_mib(self.pid) > self._patience.memory_mib:
            return f"took more than {self._patience.memory_mib} MiB of memory"
        return ""

    def end(self, why: str = "") -> None:
        """End it now, with everything below it and its files. May be called by any thread, and again."""
        with self._ending:
            self._why = self._why or why
            if self._process.returncode is None:
                keeper.take_down(self.pid)
                self._process.wait()
            with contextlib.suppress(OSError):
                self._ours.shutdown(socket.SHUT_RDWR)  # ends the wait for an answer, whoever has the other end
            surroundings.remove(self._folder)

    def close(self) -> None:
        """End it when it has no job: it ends by itself when its connection closes."""
        self._connection.close()
        self._ours.close()
        self._await_end()
        self.end()

    def _await_end(self) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_S)

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended: whoever waits for the answer will find out
            self._connection.send_bytes(message)


def _signal(number: int) -> str:
    return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"


def _memory_mib(pid: int) -> float:
    with contextlib.suppress(psutil.Error):
        return float(psutil.Process(pid).memory_info().rss) / 2**20
    return 0.0
