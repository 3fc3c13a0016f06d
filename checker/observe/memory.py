"""How much memory a process has needed: the kernel's own high-water mark, which no sample can miss (Linux, proc(5))."""

from __future__ import annotations

import contextlib
from pathlib import Path

KIB = 1024
RESET_PEAK = b"5"
"""Written to /proc/PID/clear_refs, it sets the high-water mark to what is used now."""


def forget_peak(pid: int) -> int | None:
    """Begin anew. Returns the bytes in use now; None where the system does not tell."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_bytes(RESET_PEAK)
    return _status(pid, "VmRSS")


def peak(pid: int) -> int | None:
    """The most bytes that were in use at any moment since then."""
    return _status(pid, "VmHWM")


def _status(pid: int, name: str) -> int | None:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * KIB
    return None
