"""Temporary files. Each run has one folder for all of them, so what a killed run left can be found and removed.

Paths must be short: multiprocessing makes Unix sockets in the temporary directory, which is the attempt's own folder,
and the path of a socket may have about a hundred characters (unix(7)). Longer ones would fail through no fault of the
learner.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from checker.process import surroundings

PREFIX = "kata-run-"
NEW = "kata-new-"
"""The prefix of a folder that has no lock yet."""
MOMENT_S = 600.0
LOCK = "owner.lock"
"""A file in each such folder. The run holds a lock on it (flock(2)), which the kernel releases when the run ends."""
GRADER, CALL = "g-", "kata-"
RANDOM = "12345678"
"""Stands for the eight characters that `tempfile` adds to a name."""
LONGEST_PATH = 107 if sys.platform == "linux" else 103
SOCKET = f"pymp-{RANDOM}/listener-{RANDOM}"
SHORT = Path("/tmp")  # noqa: S108


@contextlib.contextmanager
def own() -> Iterator[Path]:
    """Make the folder for all temporary files of this process and those that it starts. Remove what dead runs left."""
    around = Path(tempfile.gettempdir())
    if around.name.startswith(PREFIX):  # it belongs to the run that started this process
        yield around
        return
    shared = place(f"{PREFIX}{RANDOM}/{GRADER}{RANDOM}/{CALL}{RANDOM}")
    sweep(shared)
    new = Path(tempfile.mkdtemp(prefix=NEW, dir=shared))
    folder = new.with_name(new.name.replace(NEW, PREFIX))
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    with (new / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # before it gets the name by which other runs find it
        new.rename(folder)
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir, tmpdir = before
            if tmpdir is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = tmpdir
            surroundings.remove(folder)


def new_call() -> Path:
    """A folder for one call of an attempt."""
    return Path(tempfile.mkdtemp(prefix=CALL, dir=place(f"{CALL}{RANDOM}")))


def new_grader() -> Path:
    """A folder for all temporary files of one grader, inside that of its run."""
    return Path(tempfile.mkdtemp(prefix=GRADER))


def place(below: str) -> Path:
    """The temporary directory, or /tmp if paths of sockets in its subfolder `below` would be too long."""
    chosen = Path(tempfile.gettempdir())
    fits = len(os.fsencode(chosen / below / SOCKET)) <= LONGEST_PATH
    return chosen if fits or not os.access(SHORT, os.W_OK | os.X_OK) else SHORT


def sweep(shared: Path) -> None:
    """Remove the folders of dead runs. What is no folder, or another user's, stays."""
    for folder in (*shared.glob(f"{PREFIX}*"), *shared.glob(f"{NEW}*")):
        with contextlib.suppress(OSError):
            found = folder.lstat()
            if found.st_uid == os.getuid() and folder.is_dir() and not folder.is_symlink() and _is_left(folder):
                surroundings.remove(folder)


def _is_left(folder: Path) -> bool:
    """Whether no run holds its lock. Without a lock file it is being removed, or its run was killed during that."""
    if folder.name.startswith(NEW):  # its run has just made it, or was killed at that moment
        return time.time() - folder.stat().st_mtime > MOMENT_S
    if not (folder / LOCK).exists():
        return True
    with (folder / LOCK).open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
