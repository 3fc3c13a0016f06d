"""How many bytes went from process to process, by the kernel's own account of reads and writes (Linux, proc_pid_io(5)).

What goes through a pipe is written by one process and read by another; so does a file that one writes and another
reads. What lies in shared memory, or in a file that is mapped, is not read, and counts for nothing.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple

from checker.attempt.descendants import below
from checker.observe import helpers


class Transfer(NamedTuple):
    """Bytes that processes have read and written so far."""

    read: int
    written: int


def so_far(keeper: int) -> Transfer | None:
    """By the keeper and all processes below it; None where the system does not tell.

    What a process that ended had read and written is its parent's from the moment that it was waited for. The standard
    library's helpers do not count: they read megabytes of modules while they start, and last as long as the call.
    """
    alive = below(keeper)
    found = [one for pid in ({*alive, keeper} - helpers.among(alive)) if (one := _of(pid)) is not None]
    return Transfer(sum(one.read for one in found), sum(one.written for one in found)) if found else None


def since(before: Transfer | None, keeper: int) -> int | None:
    """At most so many bytes were written and read again since then; None where the system does not tell."""
    now = so_far(keeper) if before is not None else None
    if before is None or now is None:
        return None
    return max(0, min(now.read - before.read, now.written - before.written))


def _of(pid: int) -> Transfer | None:
    with contextlib.suppress(OSError):
        told = dict(line.split(b": ") for line in Path(f"/proc/{pid}/io").read_bytes().splitlines())
        return Transfer(int(told[b"rchar"]), int(told[b"wchar"]))
    return None
