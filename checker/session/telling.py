"""A pytest plugin for the companion: it writes each check's answer to an open file as it comes. Load with `-p`.

The file descriptors are in the environment; without them the plugin does nothing. A session with a gate imports and
starts everything, but reads none of the learner's files before the gate opens.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from checker.session import invocation
from checker.session.told import Told

PLUGIN = "checker.session.telling"
TO = "CHECKER_TELLS_TO"
GATE = "CHECKER_WAITS_FOR"
"""Descriptor of the gate: a byte opens it, and end of file means that the run is not wanted any more."""


class NothingTold(Exception):
    """No check was run; the message is pytest's output."""


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


def command(
    folder: Path, here: Path, out: int, *options: str, gate: int | None = None
) -> tuple[list[str], dict[str, str]]:
    """The command and environment to run an exercise's checks and write their answers to the descriptor `out`.

    `here`: the working directory for it.
    """
    files = {TO: str(out)} | ({GATE: str(gate)} if gate is not None else {})
    checks = invocation.spelled(folder, here)
    return [sys.executable, "-m", "pytest", checks, "-q", "-p", PLUGIN, *options], os.environ | files


def pictured(folder: Path, attempt: Path) -> list[Told]:
    """The races of an exercise, with the scenes of sync and of this attempt. Raises NothingTold.

    Progress is not recorded.
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
        run, environment = command(folder, Path.cwd(), file.fileno(), *options)
        done = subprocess.run(run, env=environment, pass_fds=[file.fileno()], capture_output=True, check=False)  # noqa: S603
        file.seek(0)
        found = [msgspec.json.decode(line, type=Told) for line in file]
    if not found:
        raise NothingTold((done.stdout + done.stderr).decode("utf-8", "replace").strip())
    return found
