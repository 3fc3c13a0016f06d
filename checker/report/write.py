"""Exports reach their place whole, or not at all: written beside it, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write(files: Iterable[tuple[str, str]], output: Path) -> str:
    """One file, or several into a folder; says what was written. Raises OSError: nothing is changed then.

    `files`: (path, text) of each, taken one by one, so that there need not be room for the texts of all.

    A folder that is there already keeps what else is in it; its files are only replaced when all new ones are written.
    """
    parent = output.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}-", suffix=".part", dir=parent) as part:
        names = []
        for name, text in files:
            names.append(name)
            path = Path(part) / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, text)
        if hasattr(os, "sync"):  # a rename says nothing of what is in a file; once for all: there may be thousands
            os.sync()
        if len(names) == 1 and not output.is_dir():
            (Path(part) / "new" / names[0]).replace(output)
            return str(output)
        _move(Path(part) / "new", names, output)
    return f"{len(names)} files in {output}"


def look_before(output: Path) -> None:
    """Whether one file can be written there, when the time comes; nothing is left behind. Raises OSError."""
    if output.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
    with tempfile.TemporaryFile(dir=output.absolute().parent):
        pass


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _move(new: Path, names: list[str], output: Path) -> None:
    if not output.exists():
        new.mkdir(exist_ok=True)
        shutil.move(new, output)
        return
    for name in names:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (new / name).replace(output / name)
