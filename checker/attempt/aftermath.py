"""What a call leaves behind inside its process: live threads, and problems that Python would only print."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import warnings
from collections.abc import Callable
from time import sleep  # by its own name: an attempt may patch the module
from typing import Any

from checker.attempt import farewell, wire
from checker.attempt.stacks import Stacks

LOOK_EVERY_S = 0.005
LOOKS = 20
"""A thread that has nothing left to do needs a moment to end (0.1 s in all); one that waits for work never ends. Looks
are counted, not seconds: no thread can end while the machine stands still."""
MAX_NOTICES = 20
MAX_TEXT = 300
POOL = "unclosed running multiprocessing pool"
"""How Python's warning about a `Pool` or `ThreadPool` that was never closed begins."""

NEVER_AWAITED = "never awaited"
"""How that about a coroutine ends."""


def threads() -> set[threading.Thread]:
    return set(threading.enumerate())


def unfinished_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads that were not there before the call and do not end within the grace period, which they share."""
    for _ in range(LOOKS):
        if not any(map(_is_alive, threads() - before)):
            break
        sleep(LOOK_EVERY_S)
    return [thread for thread in threads() - before if _is_alive(thread)]


def _is_alive(thread: threading.Thread) -> bool:
    if isinstance(thread, threading._DummyThread):  # started without `threading`, which does not notice its end
        return thread.ident in sys._current_frames()
    return threading.Thread.is_alive(thread)  # a class of the attempt's may have put anything in its place


class Notices:
    """Records problems that Python only prints, and still lets Python print them."""

    def __init__(self, stacks: Stacks) -> None:
        self.seen: list[dict[str, Any]] = []
        self._stacks = stacks
        self._printed: set[str] = set()
        self._hook = threading._make_invoke_excepthook  # type: ignore[attr-defined]
        threading._make_invoke_excepthook = self._noting_hook  # type: ignore[attr-defined]
        self._print_warning = warnings.showwarning
        warnings.showwarning = self._warned
        self._enable_warnings()

    def begin(self) -> set[threading.Thread]:
        """Call it between import and call. Returns the threads that already exist."""
        self._enable_warnings()  # again: the import may have silenced all warnings by `warnings.simplefilter("ignore")`
        return threads()

    def _enable_warnings(self) -> None:
        warnings.filterwarnings("always", f".*{NEVER_AWAITED}", RuntimeWarning)  # others are the attempt's own affair
        warnings.filterwarnings("always", POOL, ResourceWarning)  # other ResourceWarnings stay silent

    def so_far(self, last: bool) -> list[dict[str, Any]]:
        """What was noted. `last`: also look for finished tasks whose exception was never retrieved."""
        tasks = [each for each in gc.get_objects() if issubclass(type(each), asyncio.Task)] if last else []
        for task in tasks:
            if task.done() and not task.cancelled() and getattr(task, "_log_traceback", False):
                self._note_error("task died", task.exception())
        return self.seen

    def loop_complained(self, loop: Any, context: dict[str, Any]) -> None:
        """An event loop's exception handler."""
        error = context.get("exception")
        if context.get("message", "").startswith("Unclosed"):  # aiohttp's, for a session or a connection
            self._note("never closed", context["message"], None)
        if "never retrieved" in context.get("message", "") and error is not None:
            self._note_error("never retrieved", error)
        loop.default_exception_handler(context)

    def _noting_hook(self) -> Callable[[threading.Thread], None]:
        """Make what a new thread calls with an exception that ends it. The attempt may replace `threading.excepthook`;
        this runs before that."""
        hook: Callable[[threading.Thread], None] = self._hook()

        def noted(thread: threading.Thread) -> None:
            error = sys.exception()
            if error is not None and not isinstance(error, SystemExit):  # sys.exit() is no error in a thread
                self._note_error("thread died", error)
            hook(thread)

        return noted

    def _warned(self, message: Any, category: Any, filename: str, lineno: int, *rest: Any, **named: Any) -> None:
        text = str(message)
        if text.startswith(POOL):
            self._note("pool never closed", text, None)
            return  # Python itself ignores this warning by default
        if NEVER_AWAITED in text:
            is_own = self._stacks.is_own(filename)
            self._note("never awaited", text, lineno if is_own else None)
            if text in self._printed:
                return  # ten forgotten coroutines of one function are one mistake
            self._printed.add(text)
            if not is_own:  # the line where garbage was collected tells a learner nothing
                print(f"{category.__name__}: {text}", file=sys.stderr, flush=True)  # noqa: T201
                return
        self._print_warning(message, category, filename, lineno, *rest, **named)
        farewell.flush()

    def _note_error(self, kind: str, error: Any) -> None:
        self._note(kind, wire.said(error, MAX_TEXT), self._stacks.error_line(error))

    def _note(self, kind: str, text: str, line: int | None) -> None:
        if len(self.seen) < MAX_NOTICES:
            self.seen.append({"kind": kind, "text": wire.text(text, MAX_TEXT), "line": line})
