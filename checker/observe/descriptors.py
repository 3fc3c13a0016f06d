"""How many files (sockets and pipes among them) this process may have open, and how many calls that is enough for."""

from __future__ import annotations

import contextlib
import resource
import sys

A_CALL = 64
"""Eight of its own, and three for each thread: two files (`linux`), and its connection to the world. Measured: with all
checks of an exercise at the same time a grader has at most 184 open, twenty-five for each. Some may have many more."""
OPEN_MAX = 10_240
"""macOS refuses more (setrlimit(2)), whatever it says of its hard limit."""


def raise_limit() -> None:
    """As far as possible. The usual one, 1024, is for programs that use select(2), which no part of the grader does.

    Attempts have a limit of their own (model.limits).
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(hard, OPEN_MAX) if sys.platform == "darwin" else hard
    if soft < most:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def calls() -> int:
    """How many calls have room at the same time. One share is the grader's own."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(1, soft // A_CALL - 1)
