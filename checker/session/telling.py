"""A pytest plugin for the companion: each check's answer goes to a pipe, as it comes. Load with `-p`.

The number of the pipe's end is in the environment; without it the plugin does nothing.
"""

from __future__ import annotations

import os

import msgspec
import pytest

PIPE = "CHECKER_TELLS"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """One line of JSON for each check."""
    told = getattr(report, "check", None)
    pipe = os.environ.get(PIPE, "")
    if told is not None and pipe:
        os.write(int(pipe), msgspec.json.encode(told) + b"\n")
