"""For scenarios: who calls a function of the attempt's, without another one in its place."""

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
    """Each call in this process of a function with one argument: the thread's ident, and what is noted of the argument.

    The argument itself is not kept: whoever holds a view of something keeps others from closing it. In this thread,
    and in those that are begun meanwhile. Of what is no function, or none of Python's, nothing is seen.
    """
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    seen: list[tuple[int, Any]] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is code:
            seen.append((threading.get_ident(), noted(frame.f_locals.get(frame.f_code.co_varnames[0]))))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
