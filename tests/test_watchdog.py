"""Graders that are stopped, killed, hang or eat memory: an error that says so, nothing left, and the class goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from checker.classroom import schedule
from checker.classroom.grader_process import Patience
from checker.classroom.graders import Graders
from checker.classroom.jobs import Job
from checker.model.answer import AttemptResult, Verdict
from checker.process import isolation, scratch, surroundings
from checker.process.isolation import Isolation, Level
from tests.conftest import living_descendants, nothing_more_than, wait_for

SOLUTION = (Path(__file__).parent.parent / "solutions/01_two_jobs/attempt.py").read_bytes()
STUCK = Path(__file__).with_name("stuck_grader.py")
PATIENCE = Patience(answer_s=60, silence_s=5, memory_mib=400)
"""A grader tells every second that it is there, also beside twenty busy programs."""
SIGNALS_ITS_GRADER = """
import os, signal
def parent(pid):
    return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
def run_both(job_a, job_b):
    above = parent(parent(os.getppid()))
    if b"classroom.grader_main" in open(f"/proc/{above}/cmdline", "rb").read():
        os.kill(above, signal.SENT)
    return job_a(), job_b()
"""
"""When the grader is gone, which another call of the attempt has killed, above is whoever adopted its fork server: the
process that runs the tests."""
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="what is left behind is found on Linux only"),
    pytest.mark.timeout(120),
]


@pytest.fixture(autouse=True)
def clean(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Afterwards there is no process, and no file, that was not there before."""
    monkeypatch.setattr(tempfile, "tempdir", str(short_path))
    before = living_descendants()
    yield
    assert nothing_more_than(before)
    assert not [left for left in short_path.iterdir() if left.name != "main.py"]


def is_grader(process: psutil.Process) -> bool:
    """Not one of what other tests have left to be waited for."""
    with contextlib.suppress(psutil.ZombieProcess):
        return "classroom.grader_main" in " ".join(process.cmdline())
    return False


def have_stopped(pid: int) -> bool:
    """All of its threads: a signal to stop is sent at once, and obeyed by each thread when it gets a core."""
    stats = Path(f"/proc/{pid}/task").glob("*/stat")
    return all(stat.read_text().rpartition(")")[2].split()[0] == "T" for stat in stats)


def graded(*texts: bytes, width: int = 2) -> dict[str, AttemptResult]:
    """By key: the place of the text."""
    told: dict[str, AttemptResult] = {}
    wanted = [Job(key=str(place), exercise="01", text=text) for place, text in enumerate(texts)]
    schedule.run(wanted, schedule.Here(width, len(wanted), PATIENCE), lambda job, got: told.update({job.key: got}))
    return told


def why(result: AttemptResult) -> str:
    return " ".join(check.why for check in result.checks)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("SIGKILL", "was ended by SIGKILL"),
        ("SIGTERM", "was ended by SIGTERM"),
        ("SIGABRT", "was ended by SIGABRT"),
        ("SIGSEGV", "was ended by SIGSEGV"),
        ("SIGSTOP", "stood still for 5 s"),
    ],
)
def test_an_attempt_that_signals_its_grader(sent: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the level at which it can: twice, the second time alone; and the honest attempt beside it passes."""
    monkeypatch.setattr(isolation, "best", lambda: Isolation(level=Level.PROCESS))
    told = graded(SIGNALS_ITS_GRADER.replace("SENT", sent).encode(), SOLUTION)
    assert told["0"].verdict is Verdict.ERROR
    assert f"{says} over this attempt, and so did 1 before it" in why(told["0"])
    assert told["1"].verdict is Verdict.PASSED


def test_sigint_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grader does not hear it, so that no list of checks is shorter than that of the others."""
    monkeypatch.setattr(isolation, "best", lambda: Isolation(level=Level.PROCESS))
    told = graded(SIGNALS_ITS_GRADER.replace("SENT", "SIGINT").encode(), SOLUTION)
    assert told["0"].verdict is Verdict.FAILED
    assert [check.id for check in told["0"].checks] == [check.id for check in told["1"].checks]


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("hold_the_gil", "stood still for 5 s"),
        ("eat_memory", "took more than 400 MiB of memory"),
        ("leave", "ended with status 7"),
        ("talk_nonsense", "gave an answer that is none"),
    ],
)
def test_a_grader_that_gives_no_answer(does: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it does instead."""
    monkeypatch.setattr(isolation, "python", lambda _: [sys.executable, str(STUCK), does])
    result = graded(SOLUTION)["0"]
    assert result.verdict is Verdict.ERROR
    assert says in why(result)


def test_a_grader_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it says all the time that it is there."""
    monkeypatch.setattr(isolation, "python", lambda _: [sys.executable, str(STUCK), "wait"])
    graders = Graders(Patience(answer_s=2), adopts=True)
    result = graders.grade(Job(key="k", exercise="01", text=SOLUTION), "whole")
    graders.close()
    assert "did not answer within 2 s" in why(result)


def test_one_that_ended_between_two_jobs_is_nobodys_fault() -> None:
    """The next job gets a new one, and its fork server is ended, though somebody has stopped that."""
    graders = Graders(adopts=True)
    job = Job(key="k", exercise="01", text=SOLUTION)
    assert graders.grade(job, "untimed").verdict is Verdict.PASSED
    (grader,) = (each for each in psutil.Process().children() if is_grader(each))
    for fork_server in grader.children():
        fork_server.suspend()
    grader.kill()
    psutil.wait_procs([grader], timeout=10)
    assert graders.grade(job, "untimed").verdict is Verdict.PASSED
    graders.close()


@pytest.mark.parametrize("does", ["hold_the_gil", "wait", "stopped"])
def test_graders_end_with_who_started_them(does: str, short_path: Path) -> None:
    """kill -9: also one that hears nothing; the kernel wakes the stopped, and a thread of C counts the seconds."""
    (short_path / "main.py").write_text(
        "import sys\nfrom checker.classroom import jobs\nfrom checker.process import isolation\n"
        "from checker.classroom.grader_process import Patience\nfrom checker.classroom.graders import Graders\n"
        f"isolation.python = lambda _: [sys.executable, {str(STUCK)!r}, {does!r}]\n"
        "Graders(Patience(silence_s=3)).grade(jobs.Job(key='k', exercise='01', text=b''), 'whole')\n"
        .replace("'stopped'", "'wait'")
    )  # fmt: skip
    environment = os.environ | {"TMPDIR": str(short_path)}
    main = subprocess.Popen([sys.executable, str(short_path / "main.py")], env=environment, start_new_session=True)
    wait_for(lambda: list(short_path.glob(f"{scratch.GRADER}*/begun")), 60)
    (grader,) = psutil.Process(main.pid).children()
    if does == "stopped":
        grader.suspend()
        wait_for(lambda: have_stopped(grader.pid), 60)
    os.kill(main.pid, signal.SIGKILL)
    main.wait()
    assert psutil.wait_procs([grader], timeout=30)[1] == []
    for left in short_path.glob("*-*"):  # a run's own folder, which the next run removes, is not around these
        surroundings.remove(left)
