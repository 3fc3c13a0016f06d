"""The grader's handle on its fork server (`checker.attempt`): one per grader, started when first needed."""

from __future__ import annotations

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
from checker.process import interpreters
from checker.process.isolation import hidden

STOP_S = 2.0


class NurseryError(Exception):
    """The fork server could not be started, or has ended: a failure of ours, never of the attempt."""


class Nursery:
    """Forks processes for attempts. Safe to use from several threads."""

    def __init__(self, interpreter: Interpreter, further: Sequence[Path] = ()) -> None:
        """`further`: folders with exercises, which attempts may not read."""
        self._interpreter = interpreter
        self._further = further
        self.preload: list[str] = []
        """Modules that are to be loaded before the next process is forked: it need not import them again."""
        self._lock = threading.Lock()
        self._is_over = False
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def fork(self, job: dict[str, Any], descriptors: dict[str, int]) -> None:
        """Start one process for a job; `descriptors` are copied into it, by the names in DESCRIPTORS."""
        message = json.dumps(job | {"preload": self.preload}).encode()
        ordered = [descriptors[name] for name in DESCRIPTORS]
        with self._lock:
            socket.send_fds(self._running(), [message], ordered)

    def warm_up(self) -> None:
        """Start the fork server now, so that it imports while the grader does something else."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the fork server and, with it, everything that it ever started. It is not started again."""
        with self._lock:
            self._is_over = True
            if self._server is None or self._control is None:
                return
            self._control.close()
            try:
                self._server.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = self._control = None

    def _running(self) -> socket.socket:
        if self._is_over:
            raise NurseryError("no further attempt is run: the checks are over")
        if self._server is None or self._control is None or self._server.poll() is not None:
            self._control, self._server = _start(self._interpreter, hidden(self._further))
        return self._control


def _start(interpreter: Interpreter, secret: list[str]) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    if not process.AVAILABLE:
        raise NurseryError(process.UNAVAILABLE)
    ours, theirs = socket.socketpair()
    with theirs:
        command = [*interpreters.command(interpreter, "checker.attempt"), str(theirs.fileno()), *secret]
        try:
            server = subprocess.Popen(  # noqa: S603  (the interpreter that was asked for, with our own module)
                command, stdin=subprocess.DEVNULL, cwd=os.path.sep, env=_environment(), pass_fds=[theirs.fileno()],
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise NurseryError(f"cannot start {interpreter.path}: {error}") from error
    return ours, server


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
