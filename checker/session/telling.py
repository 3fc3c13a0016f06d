"""A pytest plugin for the companion: each check's answer goes to an open file, as it comes. Load with `-p`.

The number of the file is in the environment; without it the plugin does nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from checker.session.told import Told

PLUGIN = "checker.session.telling"
TO = "CHECKER_TELLS_TO"


class NothingTold(Exception):
    """No check was run; the message is what pytest said."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """One line of JSON for each check."""
    told = getattr(report, "check", None)
    file = os.environ.get(TO, "")
    if told is not None and file:
        with os.fdopen(int(file), "ab", closefd=False) as out:
            out.write(msgspec.json.encode(told) + b"\n")


def command(folder: Path, out: int, *options: str) -> tuple[list[str], dict[str, str]]:
    """How to run an exercise's checks so that they are told to the open file `out`: a command, and its environment."""
    return [sys.executable, "-m", "pytest", str(folder), "-q", "-p", PLUGIN, *options], os.environ | {TO: str(out)}


def pictured(folder: Path, attempt: Path) -> list[Told]:
    """The races of an exercise, with what there is to draw of sync and of this attempt. Raises NothingTold.

    No progress is kept.
    """
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryFile() as file:
        options = (
            "-m",
            "timed",
            "-p",
            "no:cacheprovider",
            f"--attempt={attempt}",
            f"--trace-file={scratch}/trace.json",
        )
        run, environment = command(folder, file.fileno(), *options)
        done = subprocess.run(run, env=environment, pass_fds=[file.fileno()], capture_output=True, check=False)  # noqa: S603
        file.seek(0)
        found = [msgspec.json.decode(line, type=Told) for line in file]
    if not found:
        raise NothingTold((done.stdout + done.stderr).decode("utf-8", "replace").strip())
    return found
