"""Checks that go on at the same time call the attempt at the same time; their own code runs one at a time.

So neither pytest nor a check meets another thread in the middle of something, and what a check prints, warns of and
logs before pytest comes to it is kept, and given to pytest when it does.
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
    """What one check has said before its turn."""

    def __init__(self) -> None:
        self._output, self._errors = io.StringIO(), io.StringIO()
        self._warnings: list[warnings.WarningMessage] = []
        self._logged = _Kept()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Whatever the process says meanwhile is noted here."""
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
        """Say all of it now."""
        sys.stdout.write(self._output.getvalue())
        sys.stderr.write(self._errors.getvalue())
        for each in self._warnings:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno, source=each.source)
        for record in self._logged.records:
            logging.getLogger().handle(record)


class _Kept(logging.Handler):
    """Log records, for later."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class Turn:
    """Who may run: one thread at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._whose: int | None = None
        self._own = threading.local()

    @contextmanager
    def taken(self, notes: Notes | None = None) -> Iterator[None]:
        """Run now, and until the end of this, but for what is within `left`. `notes`: for what is said meanwhile."""
        self._own.notes = notes
        self._take()
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def left(self) -> Iterator[None]:
        """Wait for something: let others run meanwhile. Who is interrupted in the main thread goes on at once."""
        if self._whose != threading.get_ident():
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
            self._changed.wait_for(lambda: at_once or self._whose is None)
            self._whose = threading.get_ident()
        if self._own.notes is not None:
            self._own.taken = ExitStack()
            self._own.taken.enter_context(self._own.notes.taken())

    def _give(self) -> None:
        if self._own.notes is not None:
            self._own.taken.close()
        with self._changed:
            if self._whose == threading.get_ident():
                self._whose = None
                self._changed.notify_all()
