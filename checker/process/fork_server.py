"""The grader's end of its fork server (`checker.attempt`): one per grader, started when it is first needed."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checker import process
from checker.attempt.keeper import DESCRIPTORS
from checker.model.interpreter import Interpreter
from checker.process import ProcessError, interpreters, surroundings
from checker.process.isolation import hidden

STOP_S = 2.0
"""Unless it is stuck, it has killed everything below it by then."""


class ForkServer:
    """Forks processes for attempts. Safe to use from several threads."""

    def __init__(self, interpreter: Interpreter, further: Sequence[Path] = ()) -> None:
        """`further`: folders with exercises that attempts may not read."""
        self._interpreter = interpreter
        self._further = further
        self.preload: list[str] = []
        """Modules that the server imports before the next fork, so that attempts need not import them."""
        self._asking = threading.Lock()
        """Held from sending a job until it is answered."""
        self._lock = threading.Lock()
        self._is_over = False
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def fork(self, job: dict[str, Any], descriptors: dict[str, int]) -> None:
        """Start a process for a job, with copies of `descriptors`, which has the names in DESCRIPTORS as keys.

        When this returns, the server has imported everything, and only the fork is left to do. Raises ProcessError.
        """
        message = json.dumps(job | {"preload": self.preload}).encode()
        ordered = [descriptors[name] for name in DESCRIPTORS]
        why, is_taken = "it has ended", False
        with self._asking:
            control = self._running()
            try:
                socket.send_fds(control, [message], ordered)
                is_taken = bool(control.recv(1))
            except OSError as error:
                why = str(error)
            finally:
                if not is_taken:
                    self._end()  # a late answer would be taken for that to another job
        if not is_taken:
            raise ProcessError(f"the fork server did not take up the call: {why}")

    def warm_up(self) -> None:
        """Start the fork server now, so that it imports while the grader does other work. Raises ProcessError."""
        with self._asking:
            self._running()

    def close(self) -> None:
        """End the fork server, and everything that it has started, for good."""
        with self._lock:
            self._is_over = True
            if self._control is not None:
                with contextlib.suppress(OSError):
                    self._control.shutdown(socket.SHUT_RDWR)  # wakes up a thread that waits for an answer
        with self._asking:
            self._end()

    def _running(self) -> socket.socket:
        with self._lock:
            if self._is_over:
                raise ProcessError("no further attempt is run: the checks are over")
            if self._process is None or self._control is None or self._process.poll() is not None:
                self._end()
                self._control, self._process = _start(self._interpreter, hidden(self._further))
                self._control.settimeout(interpreters.START_S)
            return self._control

    def _end(self) -> None:
        if self._process is None or self._control is None:
            return
        self._control.close()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = self._control = None


def _start(interpreter: Interpreter, secret: list[str]) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    if not process.AVAILABLE:
        raise ProcessError(process.UNAVAILABLE)
    ours, theirs = socket.socketpair()
    with theirs:
        command = [*interpreters.command(interpreter, "checker.attempt"), str(theirs.fileno()), *secret]
        try:
            server = subprocess.Popen(  # noqa: S603  (the interpreter that was asked for, with our own module)
                command, stdin=subprocess.DEVNULL, cwd=os.path.sep, env=surroundings.inherited(),
                pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            ours.close()
            raise ProcessError(f"cannot start {interpreter.path}: {error}") from error
    return ours, server
