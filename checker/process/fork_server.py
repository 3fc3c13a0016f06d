"""The grader's handle on its fork server (`checker.attempt`): one per grader, started when first needed."""

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
"""By then one that is not stuck has killed everything below it."""


class ForkServer:
    """Forks processes for attempts. Safe to use from several threads."""

    def __init__(self, interpreter: Interpreter, further: Sequence[Path] = ()) -> None:
        """`further`: folders with exercises, which attempts may not read."""
        self._interpreter = interpreter
        self._further = further
        self.preload: list[str] = []
        """Modules that are to be loaded before the next process is forked: it need not import them again."""
        self._asking = threading.Lock()
        """Held for one job at a time, until that has been taken up."""
        self._lock = threading.Lock()
        self._is_over = False
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def fork(self, job: dict[str, Any], descriptors: dict[str, int]) -> None:
        """Start one process for a job; `descriptors` are copied into it, by the names in DESCRIPTORS.

        When this returns, the server has started and imported everything: to fork is all that is left to do. Raises
        ProcessError.
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
                    self._end()  # what it may still say would be taken for the answer to another job
        if not is_taken:
            raise ProcessError(f"the fork server did not take up the call: {why}")

    def warm_up(self) -> None:
        """Start the fork server now, so that it imports while the grader does something else. Raises ProcessError."""
        with self._asking:
            self._running()

    def close(self) -> None:
        """End the fork server and, with it, everything that it ever started. It is not started again."""
        with self._lock:
            self._is_over = True
            if self._control is not None:
                with contextlib.suppress(OSError):
                    self._control.shutdown(socket.SHUT_RDWR)  # who waits for its answer waits no longer
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
