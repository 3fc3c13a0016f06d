"""What is typed after `pytest`, and where: every way to name an exercise, a check, or an attempt from elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker import catalog
from checker.model.answer import Verdict
from checker.session import invocation, telling
from checker.session.grader import Grader
from tests.conftest import handed_out
from tests.test_plugin import SOLUTION, run_pytest

CHECK = "test_no_thread_is_left"
FILE = "exercises/01_two_jobs/test_attempt.py"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A learner's clone, with one exercise and the project's settings, and with project tests that need more."""
    handed_out(tmp_path, "01_two_jobs")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_project.py").write_text("import not_for_learners\n")
    return tmp_path


@pytest.mark.parametrize("where", [".", "exercises", "exercises/01_two_jobs"])
@pytest.mark.parametrize("typed", ["exercises/01::", "01::", "1::", "exercises/01_two_jobs::", "01/test_attempt.py::"])
def test_a_check_is_found_from_everywhere(clone: Path, where: str, typed: str) -> None:
    """From the root, from the folder of exercises and from the exercise's own, with or without the file's name."""
    path, _, check = invocation.resolved(f"{typed}{CHECK}", clone / where).partition("::")
    if (where, typed) not in [
        ("exercises", "exercises/01_two_jobs::"),
        ("exercises/01_two_jobs", "exercises/01_two_jobs::"),
    ]:
        assert (clone / where / path).resolve() == clone / FILE
    assert check == CHECK


def test_a_folder_of_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest takes a bracket for the beginning of a parameter: by its number, by `checker run`, and to be graded."""
    kata = handed_out(tmp_path / "[CS 101] kata", "01_two_jobs")
    for typed in ("exercises/01", f"exercises/01::{CHECK}"):
        done = run_pytest(kata, typed, "-k", CHECK)
        assert "1 passed" in done.stdout, done.stdout + done.stderr
    monkeypatch.chdir(kata)
    run, _ = telling.command(kata / "exercises/01_two_jobs", kata, 1)
    assert "exercises/01_two_jobs" in run
    with Grader() as grader:
        result = grader.grade(catalog.load(kata / "exercises/01_two_jobs"), SOLUTION.read_bytes(), only="not timed")
    assert result.verdict is Verdict.PASSED


def test_what_is_no_exercise_is_left_alone(tmp_path: Path) -> None:
    """Other projects' arguments mean what they mean, also numbers."""
    for argument in ("tests/unit", "03", "tests/03::test_x", "test_x.py::test_y"):
        assert invocation.resolved(argument, tmp_path) == argument


def test_a_check_that_there_is_not_is_answered_with_those_that_there_are(clone: Path) -> None:
    """pytest alone says that there is "no match", and the learner has to look for the names."""
    for name in ("test_threads", CHECK[:-1]):
        done = run_pytest(clone, f"exercises/01::{name}")
        assert done.returncode == pytest.ExitCode.USAGE_ERROR
        assert f"01_two_jobs has no check {name}. It has:\n" in done.stderr
        assert f"\n  {CHECK}\n" in done.stderr


def test_the_wrong_folder_is_named(tmp_path: Path) -> None:
    """Who types what the README says, somewhere else, is told what to do."""
    with pytest.raises(pytest.UsageError, match=r"exercises/03: .* has no exercises; go to the folder that has"):
        invocation.resolved("exercises/03", tmp_path)


def test_an_attempt_is_one_word() -> None:
    """Only the option with a separate path is rewritten."""
    assert invocation.joined(("exercises/01", "--attempt", "/a/b.py", "-x")) == [
        "exercises/01",
        "--attempt=/a/b.py",
        "-x",
    ]
    assert invocation.joined(("exercises/01", "--attempt=/a/b.py")) is None
    assert invocation.joined(("exercises/01", "--attempt")) is None


def test_an_attempt_from_elsewhere_does_not_move_the_session(
    clone: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The root and the settings stay the learner's; nothing is deprecated."""
    attempt = tmp_path_factory.mktemp("elsewhere") / "attempt.py"
    shutil.copy(SOLUTION, attempt)
    done = run_pytest(clone, "exercises/01", "--attempt", str(attempt), "-k", "exception")
    assert f"rootdir: {clone}\n" in done.stdout
    assert "configfile: pyproject.toml" in done.stdout
    assert "eprecat" not in done.stdout + done.stderr
    assert "1 passed" in done.stdout


NOT_THERE = {
    "exercises/99": "there is no exercise '99'",
    "exercises/01_two_job": "there is no exercise '01_two_job'",
    "exercises/01_two_jobs/test_attempts.py": "there is no such file. The checks of this exercise: pytest exercises/01",
}


@pytest.mark.parametrize("typed", ["", "exercises", "exercises/01", "01", f"exercises/01::{CHECK}", *NOT_THERE])
def test_learners_need_nothing_of_the_developers(clone: Path, typed: str) -> None:
    """In a fresh clone, without what the project's own tests need: of a path that is not there, such as exercises/01,
    pytest would load their conftest.py instead."""
    (clone / "tests" / "conftest.py").write_text("import not_for_learners\n")
    done = run_pytest(clone, *typed.split(), "--collect-only", "-q")
    assert "not_for_learners" not in done.stdout + done.stderr
    if typed in NOT_THERE:
        assert done.returncode == pytest.ExitCode.USAGE_ERROR
        assert NOT_THERE[typed] in done.stderr
    else:
        assert done.returncode == 0
        assert f"{1 if CHECK in typed else 4} test" in done.stdout


def test_where_no_attempt_can_be_run(clone: Path) -> None:
    """As on Windows: one sentence, of pytest and of the command, and the companion goes on as far as it can."""
    without_posix = (
        "import runpy, socket, sys, tempfile, subprocess, psutil\n"
        "del socket.send_fds\n"
        "sys.modules['fcntl'] = sys.modules['termios'] = None\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_module(sys.argv[0], run_name='__main__')\n"
    )

    def run(*command: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-c", without_posix, *command], cwd=clone, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout + done.stderr

    for command, code in ((["pytest", "exercises/01"], 4), (["checker", "grade", "."], 1), (["checker", "watch"], 1)):
        ended, said = run(*command)
        assert (ended, "ttempts cannot be run on this platform" in said, "Traceback" in said) == (code, True, False)
    for command in (["checker", "next"], ["checker", "hint", "01"], ["checker", "run", "01"]):
        assert run(*command)[0] == 0, command


@pytest.mark.parametrize(("where", "typed"), [(".", "."), ("exercises/01_two_jobs", "."), (".", FILE)])
def test_editors_discover_node_ids_that_run(clone: Path, where: str, typed: str) -> None:
    """What an editor lists is what it may give back, from the root of the session."""
    listed = run_pytest(clone / where, typed, "--collect-only", "-q").stdout.splitlines()
    node = next(line for line in listed if line.endswith(CHECK))
    assert node == f"{FILE}::{CHECK}"
    again = run_pytest(clone, node, "--collect-only", "-q")
    assert f"{node}\n" in again.stdout
