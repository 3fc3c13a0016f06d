"""How much memory processes have: of one the kernel's own high-water mark, which no sample can miss (Linux, proc(5));
of several what they hold together."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from checker.model.record import Record

KIB = 1024
RESET_PEAK = b"5"
"""Written to /proc/PID/clear_refs, it sets the high-water mark to what is used now."""
IMPORTED = 24 * 2**20
"""Bytes. What an attempt takes between the reading of its file and the call counts as its modules, up to this. What is
more counts as the call's own, which could let go of it and take as much again. Measured: right attempts take 0.6 MiB,
and with twenty modules of the standard library 3.7."""

REST = 20
"""After a look at who shares what, none is taken for so many times as long as it took, unless more pages are held by
then. A look takes 1 ms for each 10 MiB of a process (measured); to ask how many pages there are, a hundredth of
that."""


class Holding(Record):
    """What a process holds, in bytes."""

    pid: int
    own: int
    shared: int = 0
    """Files and shared memory. What it shares with its forks is not here: it counts as each one's own."""
    tables: int = 0
    """The kernel's tables of its pages: empty memory that is only read needs nothing else."""

    @property
    def most(self) -> int:
        """As if it shared nothing."""
        return self.own + self.shared + self.tables


class Together:
    """What processes hold together. What they share counts once."""

    def __init__(self, limit: int, part: Callable[[Holding], int] | None) -> None:
        """`limit`: up to that many bytes, it is good enough, and cheap, to add up what each process holds.

        `part`: asks the kernel for a process's part, if each page is divided among all processes that have it. None
        where it does not tell: then forks are believed to share what the first process had in the beginning, and all
        of them the same shared memory.
        """
        self._limit = limit
        self._part = part
        self._inherited = 0
        self._last_bytes = self._last_most = 0
        self._next_look_s = 0.0

    def bytes(self, holdings: Iterable[Holding]) -> int:
        """Never less than what they hold, where the kernel tells it; exact where that is more than the limit."""
        each = list(holdings)
        if self._part is None:
            return self._believed(each)
        most = sum(holding.most for holding in each)
        if most <= self._limit:
            self._last_most = 0
            return most
        grown = max(0, most - self._last_most) if self._last_most else most
        if self._last_bytes + grown > self._limit or time.monotonic() >= self._next_look_s:
            begun_s = time.monotonic()
            self._last_bytes, self._last_most, grown = sum(map(self._part, each)), most, 0
            self._next_look_s = time.monotonic() + REST * (time.monotonic() - begun_s)
        return self._last_bytes + grown

    def _believed(self, each: list[Holding]) -> int:
        self._inherited = self._inherited or max((holding.own for holding in each), default=0)
        own = sum(max(0, holding.own - self._inherited) + holding.tables for holding in each)
        return self._inherited + own + max((holding.shared for holding in each), default=0)


def part(holding: Holding) -> int:
    """Its pages, each divided by the number of processes that have it (Linux 4.14); all of them, if it hides that."""
    try:
        lines = Path(f"/proc/{holding.pid}/smaps_rollup").read_bytes().splitlines()
        kib = next((int(line.split()[1]) for line in lines if line.startswith(b"Pss:")), 0)
    except PermissionError:
        return holding.most
    except OSError:
        return 0  # it has ended
    return kib * KIB + holding.tables


def tells_parts(pid: int) -> bool:
    """Whether this system tells the part of a process, and tells it to this one."""
    with contextlib.suppress(OSError):
        return b"Pss:" in Path(f"/proc/{pid}/smaps_rollup").read_bytes()
    return False


def tables(pid: int) -> int:
    """The bytes of the kernel's tables of its pages; 0 where it does not tell."""
    return _status(pid, "VmPTE") or 0


def forget_peak(pid: int) -> int | None:
    """Reset the high-water mark. Returns the bytes in use now; None where the system does not tell."""
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
        _, _, rest = Path(f"/proc/{pid}/status").read_bytes().partition(f"\n{name}:".encode())
        return int(rest.split(None, 1)[0]) * KIB if rest else None
    return None
