"""How much an attempt has written into its folder, where no disk of fixed size keeps that small."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator

from checker.model.limits import MIB, Limits

BLOCK_BYTES = 512
"""Of st_blocks, on every system."""
GONE = (FileNotFoundError, NotADirectoryError)
"""It was there a moment ago: a program may take away what it has made, and make something else of that name."""

OURS = (errno.EMFILE, errno.ENFILE)
"""The grader has too many files open, which no attempt has done."""


def exceeded(folder: str, limits: Limits) -> str:
    """What is more than allowed; "" if nothing is. Looks at no more files than are allowed.

    Files that cannot be counted are too many: there may be any number of them.
    """
    size = 0
    try:
        for files, entry in enumerate(_below(folder), start=1):
            with contextlib.suppress(*GONE):
                size += entry.stat(follow_symlinks=False).st_blocks * BLOCK_BYTES
            if files > limits.files:
                return f"more than {limits.files} files"
            if size > limits.disk_mib * MIB:
                return f"more than {limits.disk_mib} MiB of files"
    except OSError as error:
        if error.errno in OURS:
            return ""  # the next look comes in a moment
        return f"its files cannot be counted: {error.strerror}"
    return ""


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    """All that is in it, and in its folders, however deep: only one folder is open at a time. Raises OSError."""
    folders = [folder]
    while folders:
        with contextlib.suppress(*GONE), os.scandir(folders.pop()) as entries:
            for entry in entries:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
