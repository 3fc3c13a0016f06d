"""For scenarios: record the calls of a function of the attempt, without replacing it."""

from __future__ import annotations

import inspect
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def calls_of(function: Any, noted: Callable[[Any], Any]) -> Iterator[list[tuple[int, Any]]]:
    """Collect each call of a function with one argument: the thread's ident, and `noted(argument)`.

    Sees this thread and threads that start meanwhile. The argument itself is not kept: a reference to a view would keep
    others from closing the object below it. Nothing is seen of a function that is not written in Python.
    """
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    seen: list[tuple[int, Any]] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is code:
            first = next(iter(frame.f_code.co_varnames), "")  # the attempt may have made it a function without any
            seen.append((threading.get_ident(), noted(frame.f_locals.get(first))))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
