"""Folders and regular files on disk. No link is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path

from checker.classroom.submissions import git
from checker.classroom.submissions.entries import (
    A_LINK,
    MAX_ENTRIES,
    NOT_REGULAR,
    File,
    Folder,
    Listing,
    Refused,
    is_clutter,
    refusal,
    too_large,
)
from checker.classroom.submissions.git import History
from checker.gradebook.handins import Ignored
from checker.report.escape import shown

NOT_FOLLOWED: int = getattr(os, "O_NOFOLLOW", 0)
NOT_WAITED_FOR: int = getattr(os, "O_NONBLOCK", 0)
"""Opening a named pipe would wait for a writer."""
TOO_MANY = "it has more than {most} entries, so nothing in it was taken: take out what is not to be graded"
"""If only some were taken, the file system would choose which, and the others would seem to be missing."""


def file(path: Path, history: History | None = None) -> File:
    """The file at a path; reading it may be refused. `history`: of the clone that it is in."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return _refused_file(path, _why(error))
    if stat.S_ISLNK(mode):
        return _refused_file(path, A_LINK)
    if not stat.S_ISREG(mode):
        return _refused_file(path, NOT_REGULAR)
    known = File(shown(path.name), shown(str(path)), _reader(path))
    return replace(known, committed=partial(history.committed, path)) if history is not None else known


def folder(path: Path, history: History | None = None) -> Folder:
    """The folder at a path, which is listed when it is needed. `history`: of the clone that it is in."""
    return Folder(shown(path.name), shown(str(path)), cache(partial(_listing, path, history)))


def _listing(path: Path, history: History | None) -> Listing:
    try:
        with os.scandir(path) as found:
            entries = list(islice(found, MAX_ENTRIES + 1))
    except OSError as error:
        return Listing(ignored=[Ignored(path=shown(str(path)), why=_why(error))])
    if len(entries) > MAX_ENTRIES:
        why = TOO_MANY.format(most=MAX_ENTRIES)
        return Listing(ignored=[Ignored(path=shown(str(path)), why=why)], refused=why)
    listing = Listing()
    if any(entry.name == git.FOLDER and entry.is_dir(follow_symlinks=False) for entry in entries):
        history = History(path)
    for entry in sorted(entries, key=lambda entry: entry.name):
        if is_clutter(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            listing.folders.append(folder(path / entry.name, history))
        else:
            listing.files.append(file(path / entry.name, history))
    return listing


def _reader(path: Path) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        try:
            descriptor = os.open(path, os.O_RDONLY | NOT_FOLLOWED | NOT_WAITED_FOR)
            with os.fdopen(descriptor, "rb") as opened:
                found = os.fstat(descriptor)
                if not stat.S_ISREG(found.st_mode):
                    raise Refused(NOT_REGULAR)
                content = opened.read(min(limit, found.st_size) + 1)
        except OSError as error:
            raise Refused(_why(error)) from error
        if len(content) > limit:
            raise too_large(limit)
        return content

    return read


def _refused_file(path: Path, why: str) -> File:
    return File(shown(path.name), shown(str(path)), refusal(why), refused=why)


def _why(error: OSError) -> str:
    return f"it cannot be read: {error.strerror}"
