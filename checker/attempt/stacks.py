"""Where the attempt stands right now: stacks of all threads and tasks, reduced to the learner's lines.

The grader asks with a signal, because a hanging attempt reads no messages; Python runs the handler in the
main thread even while that waits for a lock or a socket. The answer goes to a pipe of its own, one JSON
object per line, so that it never lands in the middle of a result. It includes the notices so far (see `aftermath`):
an attempt that hangs will not send them otherwise.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from checker.attempt import wire

SIGNAL, LAST = signal.SIGUSR1, signal.SIGUSR2
"""LAST comes right before the process is killed: then there is time to look for what else went wrong."""
MAX_STACKS = 50
"""Threads and tasks in one answer."""
MAX_FRAMES = 20
MAX_LEFT = 1000
"""Threads, or tasks, that a call leaves and that are reported: as many threads as an attempt may have."""
MAX_NAME, MAX_INSIDE = 100, 200
"""Characters of the name of a thread, task, function or type; of a module and a function together."""
MAX_LINE = 10_000_000
"""No learner's file has so many lines."""


def name_of(thread: threading.Thread) -> str:
    """As `threading` knows it: a class of the attempt's may have put anything in the place of its property."""
    return str(threading.Thread.name.__get__(thread))  # type: ignore[attr-defined]


class Stacks:
    """Collects the stacks of this process, reduced to frames of the learner's file."""

    def __init__(self, file: str, name: str, descriptor: int) -> None:
        """`file`: the copy that is run; `name`: the learner's path of the original."""
        self.file = file
        self._names = (name, file)
        self.loop: asyncio.AbstractEventLoop | None = None
        self.locks_of: Callable[[int], dict[str, Any]] = lambda _: {}
        """The locks that a thread (by its ident) holds and waits for."""
        self._descriptor = descriptor

    def is_own(self, file_name: str) -> bool:
        """Whether code of this file is the learner's. Spawned processes import the copy under the copy's name."""
        return file_name in self._names

    def answer_signals(self, notices: Callable[[bool], list[dict[str, Any]]]) -> None:
        """Send stacks and notices at each signal. `notices` gets True with the LAST one."""

        def tell(number: int, frame: types.FrameType | None) -> None:
            tasks, threads, last = self.tasks(), self.threads(main=frame), number == LAST
            threads = threads[: max(MAX_STACKS - len(tasks), MAX_STACKS // 2)]  # the main one is the first
            told = {"stacks": [*tasks[: MAX_STACKS - len(threads)], *threads], "notices": notices(last), "last": last}
            os.write(self._descriptor, json.dumps(told).encode() + b"\n")

        def answer(number: int, frame: types.FrameType | None) -> None:
            try:
                tell(number, frame)
            except (RecursionError, MemoryError):
                return  # the attempt is near its limit, which it would not have reached without us

        signal.signal(SIGNAL, answer)
        signal.signal(LAST, answer)

    def threads(
        self, main: types.FrameType | None = None, among: Iterable[threading.Thread] | None = None
    ) -> list[Any]:
        """One stack per Python thread. `main`: the main thread's frame below a running signal handler."""
        frames = dict(sys._current_frames())
        main_id = threading.main_thread().ident
        if main is not None and main_id is not None:
            frames[main_id] = main
        return [
            self._describe(f"thread {name_of(thread)}", _outward(frames.get(thread.ident or 0)))
            | self.locks_of(thread.ident or 0)
            for thread in (threading.enumerate() if among is None else among)
        ]

    def tasks(self, among: Iterable[asyncio.Task[Any]] | None = None) -> list[Any]:
        """One stack per unfinished task of the running loop, following the chain of awaits inward."""
        if among is None:
            among = asyncio.all_tasks(self.loop) if self.loop is not None else ()
        return [self._describe(f"task {task.get_name()}", _awaits(task.get_coro())) for task in among]

    def _describe(self, who: str, frames: Iterable[tuple[types.CodeType, int]]) -> dict[str, Any]:
        """`frames` outermost first."""
        chain = list(frames)
        mine = [[line, code.co_name[:MAX_NAME]] for code, line in chain if self.is_own(code.co_filename)]
        inside = f"{self._module(chain[-1][0])}.{chain[-1][0].co_name}" if chain else ""
        told = [{"line": line, "function": name} for line, name in mine[-MAX_FRAMES:]]
        return {"who": wire.text(who, MAX_NAME), "frames": told, "inside": wire.text(inside, MAX_INSIDE)}

    def _module(self, code: types.CodeType) -> str:
        return "attempt" if self.is_own(code.co_filename) else Path(code.co_filename).stem

    def caller_line(self) -> int | None:
        """The innermost line of the learner's file on the calling thread's stack."""
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if self.is_own(frame.f_code.co_filename):
                return frame.f_lineno
            frame = frame.f_back
        return None

    def error_line(self, error: BaseException) -> int | None:
        """The innermost line of the learner's file in the traceback, even if that is from a pool's process."""
        if isinstance(error, SyntaxError) and error.filename in self._names:
            return error.lineno if isinstance(error.lineno, int) else None  # who raises one may have put in a text
        if type(error.__cause__).__name__ == "_RemoteTraceback":
            names = "|".join(map(re.escape, self._names))
            remote = re.findall(rf'File "(?:{names})", line (\d+)', str(error.__cause__))
            if remote:
                return int(remote[-1])
        line, traceback = None, error.__traceback__
        while traceback is not None:
            if self.is_own(traceback.tb_frame.f_code.co_filename):
                line = traceback.tb_lineno
            traceback = traceback.tb_next
        return line


def _outward(frame: types.FrameType | None) -> list[tuple[types.CodeType, int]]:
    chain = []
    while frame is not None:
        chain.append((frame.f_code, _line(frame)))
        frame = frame.f_back
    return chain[::-1]


def _line(frame: types.FrameType) -> int:
    """The line that it executes. Instructions that the compiler adds, such as a jump, may have none of their own."""
    line: int | None = frame.f_lineno
    if line is None:
        before = [line for start, _, line in frame.f_code.co_lines() if start <= frame.f_lasti and line is not None]
        line = before[-1] if before else frame.f_code.co_firstlineno
    return line


def _awaits(coroutine: Any) -> Iterator[tuple[types.CodeType, int]]:
    """The frames from a task's coroutine to the innermost one that it awaits."""
    while coroutine is not None:
        if type(coroutine).__name__ in _STEPS_OF_A_GENERATOR:
            coroutine = next((each for each in gc.get_referents(coroutine) if hasattr(type(each), "ag_frame")), None)
        frame = _first(coroutine, "cr_frame", "gi_frame", "ag_frame")
        if frame is None:
            return
        yield frame.f_code, _line(frame)
        coroutine = _first(coroutine, "cr_await", "gi_yieldfrom", "ag_await")


_STEPS_OF_A_GENERATOR = ("async_generator_asend", "async_generator_athrow")
"""Types of the awaitables for an async generator's next item, or its closing. Only the garbage collector knows which
generator they belong to."""


def _first(thing: Any, *names: str) -> Any:
    """The first of these attributes that its type has, and that is not None. (A `__getattr__` may raise anything.)"""
    has = (name for name in names if hasattr(type(thing), name))
    return next((value for name in has if (value := getattr(thing, name, None)) is not None), None)
