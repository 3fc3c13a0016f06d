"""What learners, editors and CI do with pytest, in real pytest processes."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pexpect
import psutil
import pytest
from coverage import CoverageData

from checker import catalog
from checker.progress import book as progress
from checker.session.grader import PLUGINS
from tests.conftest import handed_out

ROOT = Path(__file__).parent.parent
SERIAL = ROOT / "exercises" / "01_two_jobs" / "sync.py"
SOLUTION = ROOT / "solutions" / "01_two_jobs" / "attempt.py"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A learner's own copy of two exercises, with the project's pytest configuration."""
    return handed_out(tmp_path, "01_two_jobs", "11_tasks_not_awaits")


def run_pytest(where: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """pytest as somebody would type it, with the plugins that a learner has (ours for development take a second)."""
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *arguments],
        cwd=where, env={**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


def test_a_first_run_shows_why(repository: Path) -> None:
    """The untouched attempt fails what asks for overlap, with numbers, a picture, a diagnosis and a hint."""
    done = run_pytest(repository, "exercises/01")
    assert done.returncode == 1
    assert "2 failed, 2 passed" in done.stdout
    for words in ("goal 1.5x, limit 2.0x", "SERIAL: 2 operations, never more than",
                  "(attempt.py:", "Hint: Start all of the work", "01 two-jobs: 3 of 10 points", "┃"):  # fmt: skip
        assert words in done.stdout
    assert re.search(r"^ +job_a +███", done.stdout, re.MULTILINE)
    assert "Traceback" not in done.stdout
    assert "checks.py" not in done.stdout


def test_a_stub_is_no_alarm(repository: Path) -> None:
    """What an untouched file does is shown as what it is; red is for what somebody wrote."""
    done = run_pytest(repository, "exercises/01", "--color=yes")
    assert done.stdout.count("This is the stub, as it came: here is what it does.") == 1
    ours = [line for line in done.stdout.splitlines() if re.search("\u2717|^[^F]*SERIAL:", line)]
    assert ours
    assert [line for line in ours if "\x1b[31m" in line] == []
    changed = repository / "exercises/01_two_jobs/attempt.py"
    changed.write_text(changed.read_text() + "# mine\n")
    done = run_pytest(repository, "exercises/01", "--color=yes")
    assert "This is the stub" not in done.stdout
    assert "\x1b[31m\x1b[1m\u2717" in done.stdout


@pytest.mark.parametrize(
    "name", ["exercises/01", "exercises/1", "exercises/01_two_jobs", "exercises/01/test_attempt.py", "exercises/01/"]
)
def test_all_names_of_an_exercise_mean_the_same(repository: Path, name: str) -> None:
    """Number, folder and file collect the same checks."""
    done = run_pytest(repository, name, "--collect-only", "-q")
    assert done.returncode == 0
    assert "4 tests collected" in done.stdout


@pytest.mark.parametrize(
    ("here", "file"),
    [(".", "exercises/01_two_jobs/test_attempt.py"), ("exercises/01_two_jobs", "test_attempt.py"),
     ("..", "{name}/exercises/01_two_jobs/test_attempt.py")],
)  # fmt: skip
def test_an_editor_finds_and_runs_one_check_from_anywhere(repository: Path, here: str, file: str) -> None:
    """The root, the exercise's folder, a parent: what is collected there can be named there."""
    where, path = repository / here, file.format(name=repository.name)
    found = run_pytest(where, "--collect-only", "-q", path.rpartition("/")[0] or ".")
    assert found.returncode == 0
    assert found.stdout.count("::test_no_thread_is_left\n") == 1
    done = run_pytest(where, "-q", f"{path}::test_no_thread_is_left")
    assert "1 passed" in done.stdout, done.stdout


def test_a_number_with_a_check(repository: Path) -> None:
    """`exercises/01::check` works too, also from inside the folder of exercises."""
    done = run_pytest(repository / "exercises", "01/test_attempt.py::test_no_thread_is_left")
    assert done.returncode == 0
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("name", ["debugging", "setuponly", "capture", "cacheprovider"])
def test_plugins_of_pytest_may_be_left_out(repository: Path, name: str) -> None:
    """Their options are missing then."""
    done = run_pytest(repository, "exercises/01", "-p", f"no:{name}", "-k", "thread")
    assert "1 passed" in done.stdout, done.stderr


def test_a_copy_of_an_exercise_is_another_one(repository: Path) -> None:
    """Whoever keeps an earlier version in a folder beside it hears of both, and the copy's pass is not the other's."""
    copy = repository / "exercises" / "01_two_jobs_old"
    shutil.copytree(repository / "exercises" / "01_two_jobs", copy)
    shutil.copyfile(SOLUTION, copy / "attempt.py")
    done = run_pytest(repository, "exercises/01_two_jobs", "exercises/01_two_jobs_old", "-k", "not little")
    assert "01 two-jobs: 3 of 5 points" in done.stdout
    assert "01 two-jobs-old: 5 of 5 points" in done.stdout
    with progress.to_read(repository) as book:
        passed = sorted(each.outcome.passed for each in book.tries()["01"])
    assert passed == [2, 3]


def test_an_unknown_number_lists_the_known_ones(repository: Path) -> None:
    """A usage error that says what there is."""
    done = run_pytest(repository, "exercises/77")
    assert done.returncode == 4
    assert "there are: 01, 11" in done.stderr


@pytest.mark.parametrize("where", ["solutions", "solutions/01_two_jobs", "solutions/01_two_jobs/attempt.py"])
def test_another_attempt(where: str) -> None:
    """--attempt takes a tree like exercises/, a folder, or a file."""
    done = run_pytest(ROOT, "exercises/01", "--attempt", where, "-k", "exception")
    assert done.returncode == 0
    assert "2 of 2 points" in done.stdout


@pytest.mark.parametrize(
    ("attempt", "check", "told"),
    [
        ("02_worker_locals/wrong/looks_and_then_waits.py", "few_keys", "HANG"),
        ("05_safe_ledger/wrong/lock_made_when_needed.py", "lost", "RACE"),
        ("06_lock_order/wrong/lock_made_when_needed.py", "lost", "RACE"),
    ],
)
def test_threads_meet_at_the_lines_of_the_learners_own_file(attempt: str, check: str, told: str) -> None:
    """`pytest` gives a path, `checker grade` gives none: both must find what goes wrong between two lines."""
    number, path = attempt[:2], ROOT / "tests" / "attempts" / attempt
    done = run_pytest(ROOT, f"exercises/{number}", "--attempt", str(path), "-k", check)
    assert (done.returncode, told in done.stdout) == (1, True)


def test_an_attempt_that_does_not_exist(repository: Path) -> None:
    """A wrong path is a usage error, not a failed check."""
    done = run_pytest(repository, "exercises/01", "--attempt", "nowhere.py")
    assert "--attempt nowhere.py: there is no such file or folder" in done.stdout + done.stderr
    assert done.returncode == 4


def test_junit_and_the_short_summary(repository: Path) -> None:
    """Machine-readable results carry the diagnosis."""
    done = run_pytest(repository, "exercises/01", "--junitxml=junit.xml", COLUMNS="400")
    assert "test_two_jobs_take_little_longer_than_one - SERIAL: 2 operations" in done.stdout
    suite = ElementTree.parse(repository / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "0")
    failure = suite.find(".//failure")
    assert failure is not None
    assert failure.get("message", "").startswith("SERIAL: ")


def test_last_failed_exit_first_and_selection(repository: Path) -> None:
    """--lf, -x and -k do what they always do."""
    first = run_pytest(repository, "exercises/01", "-x", "-k", "take_little or left")
    assert "1 failed" in first.stdout
    again = run_pytest(repository, "exercises/01", "--lf", "--collect-only", "-q")
    assert "1/1 tests collected" in again.stdout or "1 test collected" in again.stdout


@pytest.mark.parametrize(("style", "shown"), [("long", True), ("short", True), ("line", False), ("no", False)])
def test_authors_choose_tracebacks(repository: Path, style: str, shown: bool) -> None:
    """--tb shows the checks' own traceback to authors who ask for it."""
    done = run_pytest(repository, "exercises/11", "-k", "order", f"--attempt={os.devnull}", f"--tb={style}")
    assert ("run.expect_result([" in done.stdout) is shown


def test_timed_checks_are_refused_under_xdist(repository: Path) -> None:
    """Under -n a timed check is inconclusive, with the reason; nothing is passed or failed by a disturbed clock."""
    shutil.copy(SOLUTION, repository / "exercises/01_two_jobs/attempt.py")
    done = run_pytest(repository, "exercises/01", "-p", "xdist", "-n", "2")
    assert "timed checks disturb each other under pytest-xdist; run pytest without -n" in " ".join(done.stdout.split())
    assert "3 passed" in done.stdout
    assert "1 inconclusive" in done.stdout
    assert "failed" not in done.stdout.splitlines()[-1]
    assert done.returncode == 6


def test_output_of_the_attempt_is_shown(repository: Path) -> None:
    """What a failing attempt prints is shown under "Your output", cut, and unable to steer the terminal."""
    text = SERIAL.read_text().replace("    answer_a", '    print("I am here\\x1b[2J")\n    answer_a', 1)
    (repository / "exercises/01_two_jobs/attempt.py").write_text(text)
    done = run_pytest(repository, "exercises/01")
    assert "| I am here\\x1b[2J" in done.stdout


def test_a_check_that_breaks_is_our_fault(repository: Path) -> None:
    """An exception in a check is called the checker's failure, and its traceback is shown."""
    checks = repository / "exercises/01_two_jobs/test_attempt.py"
    checks.write_text(
        'def test_broken(attempt):\n    """A check with a mistake."""\n    raise ZeroDivisionError("oh")\n'
    )
    done = run_pytest(repository, "exercises/01")
    assert "The checker failed, not you: ZeroDivisionError: oh" in done.stdout
    assert "raise ZeroDivisionError" in done.stdout


def test_mistakes_in_the_metadata_stop_with_a_sentence(repository: Path) -> None:
    """A broken exercise.toml is named."""
    (repository / "exercises/01_two_jobs/exercise.toml").write_text("title = 3")
    done = run_pytest(repository, "exercises/01")
    assert "exercise.toml is not right" in done.stdout + done.stderr


def test_a_session_without_exercises_is_left_alone(tmp_path: Path) -> None:
    """The plugin is loaded everywhere, and does nothing where there is no exercise."""
    (tmp_path / "test_x.py").write_text("def test_x(): pass\n")
    done = run_pytest(tmp_path, "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0
    assert "points" not in done.stdout
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["test_x.py"]


@pytest.mark.parametrize("named", ["exercises/01_two_jobs/attempt.py", "attempt.py"])
def test_breakpoint_works_with_a_terminal(repository: Path, named: str) -> None:
    """With -s, breakpoint() gives a prompt in the learner's frame, the deadline waits, and `break` finds the file."""
    solution = (ROOT / "solutions/01_two_jobs/attempt.py").read_text()
    text = solution.replace("    answers, errors", "    number = 41\n    breakpoint()\n    answers, errors", 1)
    (repository / "exercises/01_two_jobs/attempt.py").write_text(text)
    toml = repository / "exercises/01_two_jobs/exercise.toml"
    toml.write_text(toml.read_text().replace("deadline_s = 5.0", "deadline_s = 1.0"))
    child = pexpect.spawn(
        sys.executable, ["-m", "pytest", "-s", "exercises/01", "-k", "no_thread_is_left"],
        cwd=str(repository), encoding="utf-8", timeout=30,
        env=os.environ | {"NO_COLOR": "1"},  # pdb of 3.14 has colours
    )  # fmt: skip
    child.expect_exact(f"> {repository / 'exercises/01_two_jobs/attempt.py'}(")
    child.expect_exact("(Pdb) ")
    with pytest.raises(pexpect.TIMEOUT):
        child.expect_exact("did not come back", timeout=1.5)  # longer than the deadline
    child.sendline("number + 1")
    child.expect_exact("42")
    child.expect_exact("(Pdb) ")
    line = text.splitlines().index('    return answers["a"], answers["b"]') + 1
    name = repository / named if "/" in named else named  # as an editor does, and as a learner types it
    child.sendline(f"break {name}:{line}")
    child.expect_exact("(Pdb) ")
    child.sendline("continue")
    child.expect_exact("-> return")
    child.expect_exact("(Pdb) ")
    child.sendline("continue")
    child.expect_exact("1 passed")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_check_that_follows_lines_is_no_debugger() -> None:
    """With -s, too, what 06 sets to come between two steps is its own: the deadline holds, and the mistake is named."""
    wrong = ROOT / "tests/attempts/06_lock_order/wrong/semaphores_crosswise.py"
    done = run_pytest(ROOT, "-s", "exercises/06", "-k", "opposite", "--attempt", str(wrong), "-p", "no:cacheprovider")
    assert "DEADLOCK" in done.stdout


def test_pdb_stands_in_the_check_that_failed(repository: Path) -> None:
    """Where its `run` can be looked at, and not where the checker raises."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "pytest", "--pdb", "exercises/01", "-x"],
        cwd=str(repository),
        encoding="utf-8",
        timeout=30,
    )
    child.expect_exact(f"> {repository / 'exercises/01_two_jobs/test_attempt.py'}(")
    child.expect_exact("(Pdb) ")
    child.sendline("quit")
    child.expect(pexpect.EOF)
    child.close()


@pytest.mark.parametrize("run", [["coverage", "run", "-m", "pytest", "-q"], ["pytest", "-q", "--cov=exercises"]])
def test_coverage_knows_the_lines_of_the_attempt(repository: Path, run: list[str]) -> None:
    """They are run in another process, from a copy: what is reported is the learner's own file."""
    if "--cov=exercises" in run:
        pytest.importorskip("pytest_cov", reason="pytest-cov is not installed")
    text = SOLUTION.read_text() + "\n\ndef nobody_calls():\n    return 1\n"
    file = repository / "exercises/01_two_jobs/attempt.py"
    file.write_text(text)
    settings = repository / "pyproject.toml"
    settings.write_text(settings.read_text().partition("[tool.coverage")[0])
    done = subprocess.run(
        [sys.executable, "-m", *run, "exercises/01", "-k", "in_order"], cwd=repository, text=True, timeout=100,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    data = CoverageData(str(repository / ".coverage"))
    data.read()
    lines = text.splitlines()
    ran = {lines[number - 1].strip() for number in data.lines(str(file)) or []}
    assert {"import threading", "answers[name] = job()", "def nobody_calls():"} <= ran
    assert "return 1" not in ran


SERVER_KEEPER_ATTEMPT = 3


def is_fork(process: psutil.Process) -> bool:
    """The fork server, or what it has forked: not the trials of the isolation, which end by themselves."""
    with contextlib.suppress(psutil.Error):
        return "checker.attempt" in process.cmdline()
    return False


def test_interrupting_leaves_nothing(repository: Path) -> None:
    """Killing pytest in the middle of a hanging attempt takes the attempt's processes along."""
    (repository / "exercises/01_two_jobs/attempt.py").write_text(
        "import time\ndef run_both(a, b):\n    time.sleep(60)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "pytest", "exercises/01"], cwd=repository, stdout=subprocess.DEVNULL
    )
    started: list[psutil.Process] = []
    while len(started) < SERVER_KEEPER_ATTEMPT:
        assert child.poll() is None
        started = [each for each in psutil.Process(child.pid).children(recursive=True) if is_fork(each)]
    child.kill()
    child.wait()
    assert not psutil.wait_procs(started, timeout=2)[1]


def test_every_exercise_is_collected() -> None:
    """`pytest exercises` finds all of them."""
    done = run_pytest(ROOT, "exercises", "--collect-only", "-q")
    for folder in catalog.folders(ROOT / "exercises"):
        assert folder.name in done.stdout
