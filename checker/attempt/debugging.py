"""`breakpoint()` in an attempt: a working prompt with a terminal, a helpful error without one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

DEBUGGER_STARTS = ("builtins.breakpoint", "sys.settrace")
"""Audit events (see the table in the library reference): breakpoint(), and pdb.set_trace() or any other tracer."""


class NoTerminal(RuntimeError):
    """breakpoint() was called where nobody can type."""


def watch(terminal: bool, tell: Callable[[], None]) -> None:
    """With a terminal, tell the grader (once) when a debugger starts, so that it stops its deadline."""
    if not terminal:
        sys.breakpointhook = _refuse
        return
    told = False

    def notice(event: str, _: tuple[Any, ...]) -> None:
        nonlocal told
        if event in DEBUGGER_STARTS and not told:
            told = True
            tell()

    sys.addaudithook(notice)


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise NoTerminal("breakpoint() needs a terminal: run pytest with -s")
