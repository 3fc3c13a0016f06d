"""`checker run` and `checker solution`: what runs look like, without a mark."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.cli import main
from tests.test_companion import checker, kata
from tests.test_plugin import run_pytest

__all__ = ["kata"]
ROOT = Path(__file__).parent.parent


def test_run_shows_both_as_pictures(kata: Path) -> None:
    """sync.py one after the other, the attempt side by side, and no mark."""
    shutil.copy(ROOT / "solutions/01_two_jobs/attempt.py", kata / "exercises/01_two_jobs")
    done = checker("run", "01")
    assert done.exit_code == 0
    assert [line for line in done.stdout.splitlines() if line.endswith(".py")] == ["sync.py", "attempt.py"], done.output
    assert done.stdout.count("job_a") == 2
    assert "points" not in done.stdout
    assert not (kata / ".checker").exists()


def test_run_of_what_cannot_run(kata: Path) -> None:
    """The mistake instead of a picture."""
    (kata / "exercises/01_two_jobs/attempt.py").write_text("def run_both(:\n")
    assert "SYNTAX_ERROR" in checker("run", "01").stdout


def test_run_of_an_untouched_stub(kata: Path) -> None:  # noqa: ARG001
    """One picture is enough."""
    done = checker("run", "01")
    assert done.stdout.count("job_a") == 1
    assert "attempt.py is still the same as sync.py" in done.stdout


def test_a_solution_is_asked_for_twice(kata: Path) -> None:  # noqa: ARG001
    """Before a pass it asks, and "no" is an answer."""
    done = CliRunner().invoke(main, ["solution", "01"], input="n\n")
    assert done.exit_code == 1
    assert "You have not passed 01 yet. A hint may be enough: checker hint 01" in done.stdout
    assert "def run_both" not in done.stdout


def test_a_solution_beside_one_s_own(kata: Path) -> None:
    """After a pass: both pictures and speed-ups, the solution's text, and what else would work."""
    shutil.copy(ROOT / "solutions/01_two_jobs/attempt.py", kata / "exercises/01_two_jobs")
    shutil.copy(ROOT / "pyproject.toml", kata)
    assert run_pytest(kata, "exercises/01").returncode == 0
    done = checker("solution", "01")
    assert done.exit_code == 0, done.output
    for words in ("yours\n", "the solution\n", "def run_both", "**What else would", "speed-up"):
        assert words in done.stdout
    assert done.stdout.count("job_b") >= 2


@pytest.mark.parametrize("command", ["run", "solution"])
def test_an_unknown_number(kata: Path, command: str) -> None:  # noqa: ARG001
    """It is said which there are."""
    done = checker(command, "77")
    assert done.exit_code == 2
    assert "there are: 01, 03, 11" in done.output
