"""What the attempt's process starts: threads, processes, interpreters.

The grader looks at the processes now and then. On a busy machine it may look too late: what it has seen proves that
there was so much, never that there was no more. The process itself is asked, too, and the higher number counts.
"""

from __future__ import annotations

import _thread
import functools
import importlib
import multiprocessing.process
import os
import subprocess
import threading
from typing import Any

_threads = _thread._count
"""How many threads there are beside the main one. By its own name: an attempt may patch the module."""

FORKS = ("fork", "forkpty", "posix_spawn", "posix_spawnp", "system")
"""What of `os` starts a process; not each platform has all of them."""


class Starts:
    """Watches from now on; `begin` forgets what was before."""

    def __init__(self) -> None:
        self.begin()
        self.interpreters = False
        self._starting = threading.local()
        self._watch(threading.Thread, "start", self._thread)
        self._count(multiprocessing.process.BaseProcess, "start")
        self._count(subprocess.Popen, "__init__")
        for name in FORKS:
            if hasattr(os, name):
                self._count(os, name)
        try:  # since CPython 3.14 a pool of them is an executor
            self._watch(importlib.import_module("_interpreters"), "create", self._interpreter)
        except ImportError:
            return

    def begin(self) -> None:
        """The call begins."""
        self._before = _threads()
        self.threads, self.processes = 1, 0

    def told(self) -> dict[str, Any]:
        """For the grader."""
        return {"threads": self.threads, "processes": self.processes, "interpreters": self.interpreters}

    def _thread(self) -> None:
        self.threads = max(self.threads, 1 + _threads() - self._before + 1)  # the main one, and the one that starts

    def _interpreter(self) -> None:
        self.interpreters = True

    def _count(self, owner: Any, name: str) -> None:
        """It starts a process: one, also where it does so by another of those that are counted."""
        function = getattr(owner, name)

        @functools.wraps(function)
        def counted(*args: Any, **named: Any) -> Any:
            if getattr(self._starting, "one", False):
                return function(*args, **named)
            self._starting.one = True
            try:
                self.processes += 1
                return function(*args, **named)
            finally:
                self._starting.one = False

        setattr(owner, name, counted)

    def _watch(self, owner: Any, name: str, note: Any) -> None:
        function = getattr(owner, name)

        @functools.wraps(function)
        def noted(*args: Any, **named: Any) -> Any:
            note()
            return function(*args, **named)

        setattr(owner, name, noted)
