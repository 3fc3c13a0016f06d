"""When the files of a clone were committed. The times are those that the author's computer gave, or the author chose.

Nothing of the clone is executed: Git reads its objects from a repository of our own, which has no settings, hooks or
remotes of the learner's.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import tempfile
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from shutil import which

from checker.process.limited import limited

GIVE_UP_S = 60.0
LIMITED = limited(cpu_s=20, memory_mib=4096, file_mib=8)
"""A few packed bytes may unpack to very many."""
MOST_COMMITS = 5000
MOST_BYTES = 2**20
COMMIT = re.compile(rb"[0-9a-f]{40}")
REFERENCE = re.compile(rb"ref: (refs/heads/[^\x00-\x20\x7f~^:?*\[\\]{1,200})")
"""With a name that Git allows for a branch, in any encoding."""
FOLDER, OBJECTS = ".git", "objects"
FILES = ("*.py", "*.pyx")
RECORD = re.compile(r"[0-9a-f]{40} (-?[0-9]*)")
"""A commit and its time, in `%H %ct`: no name of FILES looks like that."""


class History:
    """The history of the clone in a folder. Git is run once, when it is first needed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def committed(self, path: Path) -> datetime | None:
        """When the file's last change was committed; None: nobody knows."""
        return self._times.get(path.relative_to(self._root).as_posix())

    @cached_property
    def _times(self) -> dict[str, datetime | None]:
        head = _head(self._root / FOLDER)
        if head is None or _git() is None or not _is_folder(self._root / FOLDER / OBJECTS):
            return {}
        told = _run_git(
            self._root / FOLDER,
            ["log", f"-{MOST_COMMITS}", "--format=%H %ct", "--name-only", "-z", head, "--", *FILES],
        )
        times: dict[str, datetime | None] = {}
        when = None
        for part in told.split("\0"):
            if record := RECORD.fullmatch(part):
                when = _moment(record[1])
            else:
                times.setdefault(part.removeprefix("\n"), when)
        return times


def _moment(said: str) -> datetime | None:
    """From seconds since 1970, as a commit says them. They may be anything; None: they are no time."""
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        return None


@cache
def _git() -> str | None:
    return which("git")


def _run_git(folder: Path, command: list[str]) -> str:
    """What a Git command prints about the objects of this folder; "" if it fails."""
    with tempfile.TemporaryDirectory(prefix="kata-git-") as made:
        own = Path(made)
        (own / "refs").mkdir()
        (own / OBJECTS).mkdir()
        (own / "HEAD").write_text("ref: refs/heads/none\n")
        shallow = _content(folder / "shallow")
        if shallow and all(COMMIT.fullmatch(line) for line in shallow.splitlines()):
            (own / "shallow").write_bytes(shallow)
        environment = {
            "PATH": os.defpath, "HOME": made, "GIT_DIR": made, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted((folder / OBJECTS).absolute()),
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
        }  # fmt: skip
        try:
            with (own / "told").open("wb") as told:
                subprocess.run(  # noqa: S603  (Git, in a repository of our own)
                    [*LIMITED, _git() or "git", *command], env=environment, cwd=own, timeout=GIVE_UP_S, check=True,
                    stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.DEVNULL,
                    start_new_session=True,  # a link to the terminal among the objects leads nowhere
                )  # fmt: skip
            return (own / "told").read_text("utf-8", errors="replace")
        except (OSError, subprocess.SubprocessError):
            return ""


def _quoted(path: Path) -> str:
    """A path in a list of Git's, which colons separate: a folder may be called `at 23:59`."""
    escaped = str(path).replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _head(folder: Path) -> str | None:
    """The commit that is checked out."""
    said = _content(folder / "HEAD").strip()
    named = REFERENCE.fullmatch(said)
    if named is not None and b".." not in named[1]:
        name = named[1]
        said = _content(folder / os.fsdecode(name)).strip() or _packed(folder, name)
    return said.decode() if COMMIT.fullmatch(said) else None


def _packed(folder: Path, name: bytes) -> bytes:
    lines = (line.split(b" ") for line in _content(folder / "packed-refs").splitlines())
    return next((line[0] for line in lines if line[1:] == [name]), b"")


def _is_folder(path: Path) -> bool:
    """Whether it is a folder, and not a link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _content(path: Path) -> bytes:
    """The content of a small regular file; b"" for anything else, such as a link."""
    try:
        mode = path.lstat()
        return path.read_bytes() if stat.S_ISREG(mode.st_mode) and mode.st_size <= MOST_BYTES else b""
    except OSError:
        return b""
