"""Whether a process's main thread runs, as the kernel accounts for it (Linux, see linux.py): no other can move it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


class Pulse:
    """Of the main thread of a process, until `close`."""

    AVAILABLE = Path("/proc/thread-self/schedstat").exists()

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/task/{pid}/stat")
        self._account: int | None = None
        self._last = b""
        with contextlib.suppress(OSError):
            self._account = os.open(f"/proc/{pid}/task/{pid}/schedstat", os.O_RDONLY)

    def moved(self) -> bool:
        """It is on a core now, or was since this was last asked; True where the system does not tell."""
        if self._account is None:
            return True
        try:
            now = os.pread(self._account, 100, 0)
            moved, self._last = now != self._last, now
            return moved or self._runs()
        except OSError:
            return False  # it is gone

    def close(self) -> None:
        if self._account is not None:
            os.close(self._account)
            self._account = None

    def _runs(self) -> bool:
        """The account of a thread is brought up to date only when it leaves its core. Raises OSError."""
        _, _, rest = self._status.read_bytes().rpartition(b")")
        return rest.split()[0] == b"R"
