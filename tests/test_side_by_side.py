"""Checks that go on at the same time, and pytest's options that must not notice, in real pytest processes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from checker.session.grader import PLUGINS
from tests.conftest import handed_out
from tests.test_plugin import SOLUTION, run_pytest

HEADER = """\
import logging
import sys
import time
import warnings
from pathlib import Path

import pytest

from checker.checks import Answer, CheckFailed, Verdict

LOG = Path(__file__).with_name("log.txt")


def waits(attempt, world, name, seconds=0.4):
    began_s = time.monotonic()
    attempt.run_both(world.operation("a", seconds), world.operation("b", seconds)).expect_nothing_left()
    with LOG.open("a") as log:
        log.write(f"{name} {began_s} {time.monotonic()}\\n")


""".replace("from checker.checks import Answer, CheckFailed, Verdict", "from checker.checks import CheckFailed\n"
            "from checker.model.answer import Answer, Verdict")  # fmt: skip
THREE = """\
def test_slow(attempt, world):
    waits(attempt, world, "slow", 0.8)

def test_quick(attempt, world):
    waits(attempt, world, "quick", 0.2)

def test_last(attempt, world):
    waits(attempt, world, "last", 0.4)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A learner's copy of exercise 01, solved."""
    handed_out(tmp_path, "01_two_jobs")
    shutil.copy(SOLUTION, tmp_path / "exercises/01_two_jobs/attempt.py")
    return tmp_path


def checks(repository: Path, text: str) -> None:
    (repository / "exercises/01_two_jobs/test_attempt.py").write_text(HEADER + text)


def log(repository: Path) -> dict[str, tuple[float, float]]:
    """When each check began and ended its call."""
    lines = (repository / "exercises/01_two_jobs/log.txt").read_text().splitlines()
    return {name: (float(began), float(ended)) for name, began, ended in map(str.split, lines)}


def overlap(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def test_checks_go_on_at_the_same_time_and_results_come_in_order(repository: Path) -> None:
    """All three overlap; what is shown is in the order of the file, each with its own time."""
    checks(repository, THREE)
    done = run_pytest(repository, "exercises/01", "-v", "--junitxml=junit.xml")
    assert re.findall(r"::test_(\w+) PASSED", done.stdout) == ["slow", "quick", "last"]
    times = log(repository)
    assert overlap(times["slow"], times["quick"])
    assert overlap(times["slow"], times["last"])
    seconds = map(float, re.findall(r'<testcase [^>]*time="([\d.]+)"', (repository / "junit.xml").read_text()))
    assert all(took >= least for took, least in zip(seconds, (0.8, 0.2, 0.4), strict=True))


@pytest.mark.parametrize("options", [["-s"], ["--pdb"], ["-p", "xdist", "-n", "1"]], ids=" ".join)
def test_one_at_a_time(repository: Path, options: list[str]) -> None:
    """Who shares the terminal, debugs or spreads checks over processes gets one after the other."""
    checks(repository, THREE)
    done = run_pytest(repository, "exercises/01", *options)
    assert "3 passed" in done.stdout
    times = sorted(log(repository).values())
    assert not any(overlap(one, other) for one, other in pairwise(times))


STOPS = """\
def test_right(attempt, world):
    waits(attempt, world, "right", 0.1)

def test_wrong(attempt, world):
    attempt.run_both(world.operation("a", 0.1), world.operation("b", 0.1)).expect_result(("no", "no"))

def test_wrong_too(attempt, world):
    attempt.run_both(world.operation("a", 0.1), world.operation("b", 0.1)).expect_result(("no", "no"))

def test_takes_for_ever(attempt, world):
    attempt.run_both(world.operation("a", 60), world.operation("b", 60))
"""


@pytest.mark.parametrize(("option", "failed"), [("-x", 1), ("--maxfail=2", 2)])
def test_exit_first(repository: Path, option: str, failed: int, short_path: Path) -> None:
    """What comes after the failure is not reported, and not waited for."""
    toml = repository / "exercises/01_two_jobs/exercise.toml"
    toml.write_text(toml.read_text().replace("deadline_s = 5.0", "deadline_s = 120.0"))
    checks(repository, STOPS)
    before_s = time.monotonic()
    done = run_pytest(repository, "exercises/01", option, TMPDIR=str(short_path))
    assert f"{failed} failed, 1 passed" in done.stdout
    assert time.monotonic() - before_s < 50  # of 60
    assert list(short_path.iterdir()) == []


def test_selection(repository: Path) -> None:
    """--lf, -k and a node id run what they name, and nothing else."""
    checks(repository, STOPS.partition("def test_takes")[0])
    assert "2 failed, 1 passed" in run_pytest(repository, "exercises/01").stdout
    assert "2 failed in" in run_pytest(repository, "exercises/01", "--lf").stdout
    assert "1 passed, 2 deselected" in run_pytest(repository, "exercises/01", "-k", "right").stdout
    node = "exercises/01_two_jobs/test_attempt.py::test_wrong"
    (repository / "exercises/01_two_jobs/log.txt").unlink()
    assert "1 failed" in run_pytest(repository, node, "-p", "no:cacheprovider").stdout
    assert not (repository / "exercises/01_two_jobs/log.txt").exists()


SAYS = """\
def says(name):
    print(f"print of {name}")
    print(f"error of {name}", file=sys.stderr)
    warnings.warn(f"warning of {name}")
    logging.getLogger("check").warning("log of %s", name)
    raise ValueError(name)

def test_one(attempt, world):
    waits(attempt, world, "one")
    says("one")

def test_two(attempt, world):
    says("two")

def test_three(attempt, world):
    waits(attempt, world, "three", 0.1)
    says("three")
"""


def test_what_a_check_says_is_its_own(repository: Path) -> None:
    """Output, errors, log and warnings are shown with the check that said them, however they overlapped."""
    checks(repository, SAYS)
    done = run_pytest(repository, "exercises/01", "-rN")
    for name in ("one", "two", "three"):
        section = done.stdout.partition(f"___ test_{name} ___")[2].partition("___ test_")[0].partition("=====")[0]
        for what in ("print", "error", "log"):
            assert re.findall(rf"{what} of (\w+)", section) == [name], section
        warned = rf"test_attempt.py::test_{name}\n[^\n]*UserWarning: warning of {name}\n"
        assert re.search(warned, done.stdout), done.stdout


OWN = """\
@pytest.fixture
def own(tmp_path):
    return tmp_path

def test_own_fixture(attempt, world, own):
    waits(attempt, world, "own", 0.1)
    assert own.is_dir()

@pytest.mark.parametrize("seconds", [0.1, 0.2])
def test_parameters(attempt, world, seconds):
    waits(attempt, world, "parameters", seconds)

@pytest.mark.skip(reason="not today")
def test_skipped(attempt):
    LOG.write_text("called")

@pytest.mark.xfail(reason="known", strict=True)
def test_expected(attempt):
    raise ValueError

def test_skips(attempt):
    pytest.skip("nor now")

def test_plain(attempt, world):
    waits(attempt, world, "plain", 0.1)
"""


def test_checks_with_more_than_our_fixtures(repository: Path) -> None:
    """Fixtures of one's own, parameters, skip and xfail are pytest's, and mean what they mean."""
    checks(repository, OWN)
    done = run_pytest(repository, "exercises/01")
    assert re.search(r"4 passed, 2 skipped, 1 xfailed", done.stdout), done.stdout


OPEN = """\
TRIES = []

def test_open(attempt, world):
    waits(attempt, world, f"try-{len(TRIES)}", 0.1)
    TRIES.append(1)
    if len(TRIES) < 3:
        raise CheckFailed(Answer(verdict=Verdict.INCONCLUSIVE, why="no matter why"))

def test_beside(attempt, world):
    waits(attempt, world, "beside", 1.5)
"""


def test_what_stayed_open_is_called_again_alone(repository: Path) -> None:
    """The second and third try wait until nothing else goes on."""
    checks(repository, OPEN)
    done = run_pytest(repository, "exercises/01")
    assert "2 passed" in done.stdout
    times = log(repository)
    assert overlap(times["try-0"], times["beside"])
    assert min(times["try-1"][0], times["try-2"][0]) > times["beside"][1]


def test_our_own_code_that_hangs(repository: Path) -> None:
    """pytest-timeout ends the wait for a check whose own code does not end; the others have their results."""
    checks(repository, "def test_hangs(attempt):\n    while True: time.sleep(0.01)\n\n" + THREE)
    done = run_pytest(repository, "exercises/01", "-o", "timeout=8", "--deselect", "x")
    assert "1 failed, 3 passed" in done.stdout
    assert "The checker failed, not you" in done.stdout


def test_coverage_sees_what_runs_in_threads(repository: Path) -> None:
    """The lines of checks that were begun before their turn count."""
    pytest.importorskip("coverage")
    checks(repository, THREE)
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    command = ["-m", "coverage", "run", "--include=*/test_attempt.py", "-m", "pytest", *plugins, "exercises/01"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV"))}
    environment = {**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run([sys.executable, *command], cwd=repository, env=environment, check=True, capture_output=True)
    report = [sys.executable, "-m", "coverage", "report", "-m"]
    done = subprocess.run(report, cwd=repository, env=environment, check=True, capture_output=True, text=True)
    assert "100%" in done.stdout


def test_ctrl_c_ends_at_once_and_leaves_nothing(repository: Path, short_path: Path) -> None:
    """No process and no folder, though four checks wait for ever."""
    toml = repository / "exercises/01_two_jobs/exercise.toml"
    toml.write_text(toml.read_text().replace("deadline_s = 5.0", "deadline_s = 120.0"))
    hangs = "import time\ndef run_both(a, b):\n    time.sleep(100)\n"
    (repository / "exercises/01_two_jobs/attempt.py").write_text(hangs)
    command = [sys.executable, "-m", "pytest", *(part for name in PLUGINS for part in ("-p", name)), "exercises/01"]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "TMPDIR": str(short_path)}
    child = subprocess.Popen(command, cwd=repository, env=environment, stdout=subprocess.PIPE, text=True)
    while sum("attempt.py" in files for *_, files in os.walk(short_path)) < 4:  # where folders come and go
        assert child.poll() is None
    started = psutil.Process(child.pid).children(recursive=True)
    child.send_signal(signal.SIGINT)
    before_s = time.monotonic()
    output, _ = child.communicate(timeout=60)
    assert time.monotonic() - before_s < 30
    assert "KeyboardInterrupt" in output
    assert child.returncode == pytest.ExitCode.INTERRUPTED
    assert not psutil.wait_procs(started, timeout=2)[1]
    assert [path.name for path in short_path.iterdir()] == []
