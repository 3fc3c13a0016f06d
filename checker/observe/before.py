"""What is there when a call begins, to tell afterwards what it added."""

from __future__ import annotations

from typing import NamedTuple

from checker.observe import left, memory, segments, transfer


class Before(NamedTuple):
    """Of the attempt's process and of those that it has started; None where the system does not tell."""

    memory_bytes: int | None = None
    threads: frozenset[int] = frozenset()
    segments: frozenset[str] | None = None
    transfer: transfer.Transfer | None = None


def look(pid: int, keeper: int) -> Before:
    """To be called last before the call begins: what comes later counts as the call's own."""
    return Before(
        threads=left.threads(pid),
        segments=segments.there(pid),
        transfer=transfer.so_far(keeper),
        memory_bytes=memory.forget_peak(pid),
    )
