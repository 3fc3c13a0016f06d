"""A pytest plugin for the companion: each check's answer goes to an open file, as it comes. Load with `-p`.

The numbers of open files are in the environment; without them the plugin does nothing. A session with a gate has
imported and started everything, and reads nothing of the learner's before it is let in.
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
GATE = "CHECKER_WAITS_FOR"
"""A byte from this open file lets the session in; its end means that nobody wants it any more."""


class NothingTold(Exception):
    """No check was run; the message is what pytest said."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Wait at the gate."""
    gate = os.environ.get(GATE, "")
    if gate and not os.read(int(gate), 1):
        pytest.exit("nobody wants this run any more")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """One line of JSON for each check."""
    told = getattr(report, "check", None)
    file = os.environ.get(TO, "")
    if told is not None and file:
        with os.fdopen(int(file), "ab", closefd=False) as out:
            out.write(msgspec.json.encode(told) + b"\n")


def command(folder: Path, out: int, *options: str, gate: int | None = None) -> tuple[list[str], dict[str, str]]:
    """How to run an exercise's checks so that they are told to the open file `out`: a command, and its environment."""
    files = {TO: str(out)} | ({GATE: str(gate)} if gate is not None else {})
    return [sys.executable, "-m", "pytest", str(folder), "-q", "-p", PLUGIN, *options], os.environ | files


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
