"""What an attempt finds around it: an environment without secrets, and a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Copy:
    """The file that is put into the attempt's folder and imported."""

    file: str
    content: bytes | None
    """None: there is no attempt."""
    original: str | None = None
    """Its author's path, which tracebacks and debuggers show; None: they show the copy's."""

    def put(self, folder: Path) -> Path:
        """Write it, if there is an attempt. Returns its path."""
        if self.content is not None:
            (folder / self.file).write_bytes(self.content)
        return folder / self.file


def remove(folder: Path) -> None:
    """Remove a folder, however deep (rmtree is recursive before Python 3.13), and even if its modes forbid that."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(folder)], check=False)  # noqa: S603  (a folder of our own)


NEEDED = ("PATH", "LANG", "LC_ALL")
TERMINAL = ("TERM", "NO_COLOR", "PYTHON_COLORS")


def inherited(further: Sequence[str] = ()) -> dict[str, str]:
    """What programs need of the grader's environment to run, and `further` variables."""
    return {name: os.environ[name] for name in (*NEEDED, *further) if name in os.environ}


def environment(folder: Path, terminal: bool) -> dict[str, str]:
    """An attempt's. `terminal`: with the variables that decide how programs write to one."""
    return inherited(TERMINAL if terminal else ()) | {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        # The world is on this machine. (On macOS, asking the system for its proxies is not safe after a fork.)
        "no_proxy": "*",
    }
