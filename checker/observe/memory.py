"""How much memory a process has needed: the kernel's own high-water mark, which no sample can miss (Linux, proc(5))."""

from __future__ import annotations

import contextlib
from pathlib import Path

KIB = 1024
RESET_PEAK = b"5"
"""Written to /proc/PID/clear_refs, it sets the high-water mark to what is used now."""
IMPORTED = 24 * 2**20
"""Bytes. So much of what an attempt needs since its first line is read counts as its modules: measured, right attempts
need 0.6 MiB, and with twenty modules of the standard library 3.7. Whoever holds more can let go of that in the call."""


def forget_peak(pid: int) -> int | None:
    """Begin anew. Returns the bytes in use now; None where the system does not tell."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_bytes(RESET_PEAK)
    return in_use(pid)


def in_use(pid: int) -> int | None:
    """Bytes in use now; None where the system does not tell."""
    return _status(pid, "VmRSS")


def added(pid: int, unread: int | None, before: int | None) -> int | None:
    """How many bytes a call needed at its peak, since `forget_peak`. unread, before: what was in use before the attempt
    was read, and before the call; None where the system does not tell."""
    most = _status(pid, "VmHWM")
    if unread is None or before is None or most is None:
        return None
    return most - min(before, unread + IMPORTED)


def _status(pid: int, name: str) -> int | None:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * KIB
    return None
