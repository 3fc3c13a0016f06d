"""How much an attempt has written into its folder, where no disk of fixed size keeps that small."""

from __future__ import annotations

import os

from checker.model.limits import MIB, Limits

BLOCK_BYTES = 512
"""Of st_blocks, on every system."""
DEEPEST = 100


class _Excess(Exception):
    """The message says what is more than the limits allow."""


def exceeded(folder: str, limits: Limits) -> str:
    """What is more than allowed; "" if nothing is. Looks at no more files than are allowed."""
    try:
        _Count(limits).add(os.open(folder, os.O_RDONLY | os.O_DIRECTORY), 0)
    except _Excess as excess:
        return str(excess)
    except PermissionError:
        return "a folder that nobody may look into"
    except OSError:
        pass  # it was there a moment ago
    return ""


class _Count:
    """Files and bytes so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = self._bytes = 0

    def add(self, descriptor: int, depth: int) -> None:
        """Everything below an open folder, which is closed. Raises _Excess or OSError."""
        try:
            if depth > DEEPEST:
                raise _Excess(f"folders in more than {DEEPEST} folders")
            with os.scandir(descriptor) as entries:
                for entry in entries:
                    self._add(entry, descriptor, depth)
        finally:
            os.close(descriptor)

    def _add(self, entry: os.DirEntry[str], parent: int, depth: int) -> None:
        self._files += 1
        self._bytes += entry.stat(follow_symlinks=False).st_blocks * BLOCK_BYTES
        if self._files > self._limits.files:
            raise _Excess(f"more than {self._limits.files} files")
        if self._bytes > self._limits.disk_mib * MIB:
            raise _Excess(f"more than {self._limits.disk_mib} MiB of files")
        if entry.is_dir(follow_symlinks=False):
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            self.add(os.open(entry.name, flags, dir_fd=parent), depth + 1)
