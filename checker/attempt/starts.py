"""Counts what the attempt's process starts: threads, processes, interpreters.

The grader samples processes from outside. On a busy machine a sample may come too late, so its count is a lower bound.
The process itself counts, too, and the higher number is used.
"""

from __future__ import annotations

import _thread
import asyncio
import concurrent.futures
import functools
import importlib
import multiprocessing.process
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

_threads = _thread._count
"""Returns the number of threads without the main one. Kept: an attempt may patch the module."""

FORKS = ("fork", "forkpty", "posix_spawn", "posix_spawnp", "system")
"""Functions of `os` that start a process; not every platform has all of them."""
LIBRARY = "aiohttp"
"""A library of some exercises, which reads a proxy's settings and passwords from files in threads of its own."""
MACHINERY = (
    threading.__file__, *(f"{Path(str(module.__file__)).parent}{os.sep}" for module in (asyncio, concurrent.futures)),
    f"{Path(__file__).parent}{os.sep}",
)  # fmt: skip
"""Files and folders of code that starts threads on behalf of its caller."""


class Starts:
    """Counts from now on. `begin` resets the numbers."""

    def __init__(self) -> None:
        self.begin()
        self.interpreters = False
        self._starting = threading.local()
        self._watch(threading.Thread, "start", self._thread)
        self._watch(concurrent.futures.ThreadPoolExecutor, "submit", self._work)
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
        """Reset the numbers: the call begins."""
        self._before = _threads()
        self.threads, self.processes = 1, 0
        self._native = self.library_threads = _native_threads()
        self._of_library: set[threading.Thread] = set()

    def told(self) -> dict[str, Any]:
        """For the grader."""
        return {
            "threads": self.threads, "library_threads": self.library_threads, "processes": self.processes,
            "interpreters": self.interpreters,
        }  # fmt: skip

    def _thread(self, thread: threading.Thread, *_: Any) -> None:
        """A thread is about to start."""
        if _asked_by_library():
            self._of_library.add(thread)
            self.library_threads = max(self.library_threads, self._native + self._alive())
        else:
            self._count_threads(starting=1)

    def _work(self, pool: concurrent.futures.ThreadPoolExecutor, *_: Any) -> None:
        """A pool gets work. Once it is the attempt's work, its threads count as the attempt's, even if the library
        started them."""
        if self._of_library and not _asked_by_library():
            self._of_library -= pool._threads
            self._count_threads(starting=0)

    def _count_threads(self, starting: int) -> None:
        others = _threads() - self._before - self._alive()
        self.threads = max(self.threads, 1 + others + starting)  # the main one, too

    def _alive(self) -> int:
        """How many of the library's threads are alive. One that has no ident yet is about to start."""
        frames = sys._current_frames()
        return sum(thread.ident is None or thread.ident in frames for thread in list(self._of_library))

    def _interpreter(self, *_: Any) -> None:
        self.interpreters = True

    def _count(self, owner: Any, name: str) -> None:
        """Count the calls of a function that starts a process. A counted function that calls another counts once."""
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
        """Call `note` with the arguments before each call of a function."""
        function = getattr(owner, name)

        @functools.wraps(function)
        def noted(*args: Any, **named: Any) -> Any:
            note(*args)
            return function(*args, **named)

        setattr(owner, name, noted)


def _native_threads() -> int:
    """How many threads were not started by Python: importing numpy starts some. 0 if the system does not tell."""
    try:
        return max(0, len(os.listdir("/proc/self/task")) - 1 - _threads())  # noqa: PTH208  (names only)
    except OSError:
        return 0


def _asked_by_library() -> bool:
    """Whether the innermost caller outside of MACHINERY is the library."""
    library = sys.modules.get(LIBRARY)
    if library is None:
        return False
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(MACHINERY):
        frame = frame.f_back
    folder = f"{Path(str(library.__file__)).parent}{os.sep}"
    return frame is not None and frame.f_code.co_filename.startswith(folder)
