"""Files for attempts to read: fresh random content, already in the system's cache, so that no disk is waited for."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

BLOCK_BYTES = 2**20
HEAD_BYTES = 32
SECOND_NS = 10**9
LATER_NS = 10**6
"""By so much `renew` moves the time of the last change: every file system, and a float, can show the difference."""


class File:
    """One file. `content` is read from the disk when somebody asks: files may be large."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)

    @property
    def content(self) -> bytes:
        return Path(self.path).read_bytes()

    def renew(self) -> None:
        """Give it another random beginning, so that nothing computed from it before is of any use.

        Its length stays, and so does the second of its last change: a cache that goes by these sees no difference.
        """
        before = Path(self.path).stat()
        with Path(self.path).open("r+b") as file:
            file.write(secrets.token_bytes(min(HEAD_BYTES, before.st_size)))
        second, within_ns = divmod(before.st_mtime_ns, SECOND_NS)
        os.utime(self.path, ns=(before.st_atime_ns, second * SECOND_NS + (within_ns + LATER_NS) % SECOND_NS))


class Folder:
    """A temporary folder with files, until `close`."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="kata-files-"))
        self._block = os.urandom(BLOCK_BYTES)

    def add(self, name: str, size: int) -> File:
        """A file of `size` bytes, which begins with random bytes of its own."""
        file = self.path / f"{secrets.token_hex(4)}-{name}"
        head = secrets.token_bytes(min(size, HEAD_BYTES))
        with file.open("wb") as target:
            target.write(head)
            left = size - len(head)
            while left > 0:
                left -= target.write(self._block[: min(left, BLOCK_BYTES)])
        return File(file)

    def missing(self, name: str) -> str:
        """The path of a file that is not there."""
        return str(self.path / name)

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
