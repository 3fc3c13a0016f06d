"""What a process's main thread does, as the kernel sees it (Linux, see linux.py): no other thread can pretend it."""

from __future__ import annotations

import contextlib
import os
import platform
from pathlib import Path

from checker.observe import linux

EVENTS = {"x86_64": (b"232", b"281", b"441", b"23", b"270"), "aarch64": (b"22", b"441", b"72")}
"""The numbers of epoll_wait, epoll_pwait, epoll_pwait2, select and pselect6 (<asm/unistd.h>): in one of them an event
loop waits. (A loop with a SelectSelector is the example of Python's documentation. Not poll: in that, a blocking socket
with a timeout waits.)"""


class Pulse:
    """Of the main thread of a process, until `close`."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/task/{pid}/stat")
        self._call = Path(f"/proc/{pid}/task/{pid}/syscall")
        self._account: int | None = None
        self._last = b""
        self._shown = False
        with contextlib.suppress(OSError):
            self._account = os.open(f"/proc/{pid}/task/{pid}/schedstat", os.O_RDONLY)
        self._shown = self.waits_for_events() is not None

    def moved(self) -> bool:
        """It is on a core now, or was since this was last asked; True where the system does not tell."""
        if self._account is None:
            return True
        try:
            now = os.pread(self._account, 100, 0)
            moved, self._last = now != self._last, now
            # The kernel updates a thread's account only when it leaves its core.
            return moved or linux.state(self._status) == b"R"
        except OSError:
            return False  # it is gone

    def waits_for_events(self) -> bool | None:
        """It waits in the kernel for events, as an idle event loop does; None where the system does not tell.

        A process that has hidden this since, though the system showed it at first, is not believed to wait.
        """
        try:
            number, _, _ = self._call.read_bytes().partition(b" ")
        except PermissionError:
            return False if self._shown else None
        except OSError:
            return None  # gone
        waits = EVENTS.get(platform.machine())
        return number.strip() in waits if waits is not None else None

    def close(self) -> None:
        if self._account is not None:
            os.close(self._account)
            self._account = None
