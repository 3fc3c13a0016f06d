"""Checks that say nothing about an attempt: those that their author skips, and one that somebody interrupts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.conftest import handed_out
from tests.test_plugin import SOLUTION, run_pytest

CHECKS = '''
import pytest

@pytest.mark.skipif(True, reason="for a later Python")
def test_a(attempt, world):
    """By a mark."""

def test_b(attempt, world):
    """While it runs."""
    pytest.skip("not on this machine")

def test_c(attempt, world):
    """Never."""
'''
GRADER = """
import sys
from pathlib import Path
from checker import catalog
from checker.session.grader import Grader

with Grader() as grader:
    for check in grader.grade(catalog.load(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes()).checks:
        print(check.id, check.verdict, check.why)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exercise with such checks."""
    folder = handed_out(tmp_path, "01_two_jobs") / "exercises" / "01_two_jobs"
    (folder / "test_attempt.py").write_text(CHECKS)
    return folder


def test_a_grader_says_that_and_why_a_check_was_skipped(folder: Path) -> None:
    """It is neither an error of the checker, nor did pytest end before it."""
    command = [sys.executable, "-c", GRADER, str(folder), str(SOLUTION)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert sorted(done.stdout.splitlines()) == [
        "test_a inconclusive this check was skipped: for a later Python",
        "test_b inconclusive this check was skipped: not on this machine",
        "test_c passed ",
    ], done.stderr


def test_so_does_pytest(folder: Path) -> None:
    done = run_pytest(folder.parent.parent, "exercises/01")
    assert "1 passed, 2 skipped" in done.stdout
    assert "this check was skipped: not on this machine" in done.stdout
    assert "The checker failed" not in done.stdout


def test_ctrl_c_before_a_debugger_is_no_error_of_ours(folder: Path) -> None:
    """With --pdb, pytest goes on after it."""
    (folder / "test_attempt.py").write_text(
        'def test_a(attempt, world):\n    """Stopped."""\n    print("it runs")\n    import time\n    time.sleep(60)\n'
    )
    command = ["-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "--pdb", "-s", "exercises/01"]
    child = pexpect.spawn(sys.executable, command, cwd=str(folder.parent.parent), encoding="utf-8", timeout=60)
    child.expect_exact("it runs")
    child.sendintr()
    child.expect_exact("(Pdb)")
    child.sendline("c")
    child.expect(pexpect.EOF)
    said = child.before or ""
    assert "it was interrupted" in said
    assert "The checker failed" not in said
    child.close(force=True)
