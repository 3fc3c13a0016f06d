"""Checks that run at the same time call the attempt at the same time, but their own code runs one at a time.

So neither pytest nor a check is ever interrupted by another thread. Output, warnings and log records of a check that
started early are kept until pytest comes to it.
"""

from __future__ import annotations

import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout


class Notes:
    """Output, warnings and log records of one check that started early."""

    def __init__(self) -> None:
        self._output, self._errors = io.StringIO(), io.StringIO()
        self._warnings: list[warnings.WarningMessage] = []
        self._logged = _Kept()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Collect everything that the process prints, warns of and logs meanwhile."""
        root = logging.getLogger()
        with ExitStack() as stack:
            stack.enter_context(redirect_stdout(self._output))
            stack.enter_context(redirect_stderr(self._errors))
            seen = stack.enter_context(warnings.catch_warnings(record=True))
            before, root.handlers = root.handlers, [self._logged]
            try:
                yield
            finally:
                root.handlers = before
                self._warnings += seen

    def tell(self) -> None:
        """Replay all of it now."""
        sys.stdout.write(self._output.getvalue())
        sys.stderr.write(self._errors.getvalue())
        for each in self._warnings:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno, source=each.source)
        for record in self._logged.records:
            logging.getLogger().handle(record)


class _Kept(logging.Handler):
    """Keeps log records for later."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class Turn:
    """A lock that lets one thread run at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._owner: int | None = None
        self._local = threading.local()

    @contextmanager
    def taken(self, notes: Notes | None = None) -> Iterator[None]:
        """Hold the turn, except within `left`. `notes`: collect what is printed meanwhile."""
        self._local.notes = notes
        self._take()
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def left(self) -> Iterator[None]:
        """Give the turn up while waiting for something. If the main thread is interrupted, it goes on at once."""
        if self._owner != threading.get_ident():
            yield
            return
        self._give()
        try:
            yield
        except BaseException:
            self._take(at_once=threading.current_thread() is threading.main_thread())
            raise
        self._take()

    def _take(self, at_once: bool = False) -> None:
        with self._changed:
            self._changed.wait_for(lambda: at_once or self._owner is None)
            self._owner = threading.get_ident()
        if self._local.notes is not None:
            self._local.taken = ExitStack()
            self._local.taken.enter_context(self._local.notes.taken())

    def _give(self) -> None:
        if self._local.notes is not None:
            self._local.taken.close()
        with self._changed:
            if self._owner == threading.get_ident():
                self._owner = None
                self._changed.notify_all()
