"""Write exports completely or not at all: files are written to a temporary folder, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write(files: Iterable[tuple[str, str]], output: Path) -> str:
    """Write one file, or several into a folder. Returns what was written. On OSError, nothing is changed.

    `files`: path and text of each. They are taken one by one, so not all texts need to fit into memory.

    An existing folder keeps its other files. Its files are replaced only after all new ones are written.
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
        if hasattr(os, "sync"):  # a rename may reach the disk before the data; one sync for all, as they may be many
            os.sync()
        if len(names) == 1 and not output.is_dir():
            (Path(part) / "new" / names[0]).replace(output)
            return str(output)
        _move(Path(part) / "new", names, output)
    return f"{len(names)} files in {output}"


def look_before(output: Path) -> None:
    """Check that a file could be written there later. Leaves nothing behind. Raises OSError."""
    if output.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
    with tempfile.TemporaryFile(dir=output.absolute().parent):
        pass


def look_before_export(output: Path) -> None:
    """The same for what `write` would write there, or into folders that it would make. Raises OSError."""
    output = output.absolute()
    there = next(each for each in (output, *output.parents) if each.exists())
    with tempfile.TemporaryFile(dir=there.parent if there == output and not there.is_dir() else there):
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
