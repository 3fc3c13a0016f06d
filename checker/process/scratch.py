"""Where everything temporary is: in a folder of the run's own, so that what a killed run left is found, and removed.

And with a short path: multiprocessing makes Unix sockets in the temporary directory, which is an attempt's own folder,
and the path of a socket may have about a hundred characters (unix(7)). That is no learner's mistake.
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
"""Before it has its lock."""
MOMENT_S = 600.0
LOCK = "owner.lock"
"""In each such folder: held by the run for as long as it lives, by the kernel's account."""
GRADER, CALL = "g-", "kata-"
RANDOM = "12345678"
"""As much as `tempfile` adds to a name."""
LONGEST_PATH = 107 if sys.platform == "linux" else 103
SOCKET = f"pymp-{RANDOM}/listener-{RANDOM}"
SHORT = Path("/tmp")  # noqa: S108


@contextlib.contextmanager
def own() -> Iterator[Path]:
    """Everything temporary of this process, and of those that it starts, goes there; what others left is removed."""
    around = Path(tempfile.gettempdir())
    if around.name.startswith(PREFIX):  # of a run that has started this one
        yield around
        return
    shared = place(f"{PREFIX}{RANDOM}/{GRADER}{RANDOM}/{CALL}{RANDOM}")
    sweep(shared)
    new = Path(tempfile.mkdtemp(prefix=NEW, dir=shared))
    folder = new.with_name(new.name.replace(NEW, PREFIX))
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    with (new / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # before anybody looks for it under its name
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
    """A folder for everything temporary of one grader, in that of its run."""
    return Path(tempfile.mkdtemp(prefix=GRADER))


def place(below: str) -> Path:
    """The temporary directory; /tmp, where an attempt's folder with this name would be too deep below it."""
    chosen = Path(tempfile.gettempdir())
    fits = len(os.fsencode(chosen / below / SOCKET)) <= LONGEST_PATH
    return chosen if fits or not os.access(SHORT, os.W_OK | os.X_OK) else SHORT


def sweep(shared: Path) -> None:
    """Remove the folders of runs that live no more. Another user's, and what is no folder, stays."""
    for folder in (*shared.glob(f"{PREFIX}*"), *shared.glob(f"{NEW}*")):
        with contextlib.suppress(OSError):
            found = folder.lstat()
            if found.st_uid == os.getuid() and folder.is_dir() and not folder.is_symlink() and _is_left(folder):
                surroundings.remove(folder)


def _is_left(folder: Path) -> bool:
    """Nobody holds its lock. One without a lock is being removed, or was when somebody was killed: then nobody does."""
    if folder.name.startswith(NEW):  # begun now, or when somebody was killed
        return time.time() - folder.stat().st_mtime > MOMENT_S
    if not (folder / LOCK).exists():
        return True
    with (folder / LOCK).open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
