"""The grader that most courses have: pytest and the attempt in one process, and `assert elapsed < limit`.

It is here to lose: what beats it keeps the corpus of attacks alive.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

CHECKS = {
    "01_two_jobs": """
import time
import attempt

def job_a():
    time.sleep(0.3)
    return "a"

def job_b():
    time.sleep(0.3)
    return "b"

def test_two_jobs():
    expected = ("a", "b")
    started = time.perf_counter()
    result = attempt.run_both(job_a, job_b)
    assert time.perf_counter() - started < 0.45
    assert result == expected
""",
    "11_tasks_not_awaits": """
import asyncio
import inspect
import time
import attempt

async def say(delay):
    await asyncio.sleep(delay)
    return f"after {delay}"

def test_greetings():
    expected = [f"after {delay}" for delay in (0.1, 0.2, 0.3)]
    started = time.perf_counter()
    result = attempt.greet_all([0.1, 0.2, 0.3], say)
    if inspect.isawaitable(result):
        result = asyncio.run(result)
    assert time.perf_counter() - started < 0.45
    assert result == expected
""",
}
PATIENCE_S = 20


def passes(file: Path, exercise: str) -> bool:
    """Whether the naive grader gives all points to this attempt, in a folder with its own checks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "attempt.py").write_bytes(file.read_bytes())
        (folder / "test_attempt.py").write_text(CHECKS[exercise])
        return _passes(folder, "test_attempt.py")


def passes_in(repository: Path, exercise: str) -> bool:
    """The same in a learner's own clone: with whatever lies there, and with the learner's checks if there are any."""
    checks = repository / "exercises" / exercise / "test_attempt.py"
    if not checks.exists():
        checks.write_text(CHECKS[exercise])
    return _passes(repository, f"exercises/{exercise}/test_attempt.py")


def _passes(folder: Path, checks: str) -> bool:
    """pytest ends with 0, or its report has no failure."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:checker", "--junitxml=report.xml", checks]
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": os.environ["PATH"], "HOME": home, "TMPDIR": home, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=PATIENCE_S, check=False
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0 or _reports_success(folder / "report.xml")


def _reports_success(report: Path) -> bool:
    try:
        suites = ElementTree.parse(report).getroot()
    except (OSError, ElementTree.ParseError):
        return False
    return all(suite.get(name) == "0" for suite in suites for name in ("failures", "errors"))
