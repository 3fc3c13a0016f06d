"""What the attempt's process starts: threads, processes, interpreters.

The grader looks at the processes now and then. On a busy machine it may look too late: what it has seen proves that
there was so much, never that there was no more. The process itself is asked, too, and the higher number counts.
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
"""How many threads there are beside the main one. By its own name: an attempt may patch the module."""

FORKS = ("fork", "forkpty", "posix_spawn", "posix_spawnp", "system")
"""What of `os` starts a process; not each platform has all of them."""
LIBRARY = "aiohttp"
"""The one that exercises use: to read a proxy's settings and passwords from files, it asks for threads of its own."""
MACHINERY = (
    threading.__file__, *(f"{Path(str(module.__file__)).parent}{os.sep}" for module in (asyncio, concurrent.futures)),
    f"{Path(__file__).parent}{os.sep}",
)  # fmt: skip
"""Files of whoever starts a thread because others ask for it, and folders."""


class Starts:
    """Watches from now on; `begin` forgets what was before."""

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
        """The call begins."""
        self._before = _threads()
        self.threads, self.processes = 1, 0
        self._in_c = self.library_threads = _begun_in_c()
        self._of_library: set[threading.Thread] = set()

    def told(self) -> dict[str, Any]:
        """For the grader."""
        return {
            "threads": self.threads, "library_threads": self.library_threads, "processes": self.processes,
            "interpreters": self.interpreters,
        }  # fmt: skip

    def _thread(self, thread: threading.Thread, *_: Any) -> None:
        """One starts."""
        if _asked_by_library():
            self._of_library.add(thread)
            self.library_threads = max(self.library_threads, self._in_c + self._alive())
        else:
            self._count_threads(starting=1)

    def _work(self, pool: concurrent.futures.ThreadPoolExecutor, *_: Any) -> None:
        """A pool gets work: its threads are the attempt's from then on that gives it some, whoever began them."""
        if self._of_library and not _asked_by_library():
            self._of_library -= pool._threads
            self._count_threads(starting=0)

    def _count_threads(self, starting: int) -> None:
        others = _threads() - self._before - self._alive()
        self.threads = max(self.threads, 1 + others + starting)  # the main one, too

    def _alive(self) -> int:
        """How many there are of those that the library began. One that has no frame yet has no ident either."""
        frames = sys._current_frames()
        return sum(thread.ident is None or thread.ident in frames for thread in list(self._of_library))

    def _interpreter(self, *_: Any) -> None:
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
            note(*args)
            return function(*args, **named)

        setattr(owner, name, noted)


def _begun_in_c() -> int:
    """How many threads are there that no Python code began: importing numpy makes some. 0 where no system tells."""
    try:
        return max(0, len(os.listdir("/proc/self/task")) - 1 - _threads())  # noqa: PTH208  (names only)
    except OSError:
        return 0


def _asked_by_library() -> bool:
    """Whether the innermost caller that is no machinery is code of the library's."""
    library = sys.modules.get(LIBRARY)
    if library is None:
        return False
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(MACHINERY):
        frame = frame.f_back
    folder = f"{Path(str(library.__file__)).parent}{os.sep}"
    return frame is not None and frame.f_code.co_filename.startswith(folder)
