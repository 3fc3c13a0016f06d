"""Many jobs on one machine: company where it is allowed, and nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from hashlib import sha256
from pathlib import Path

import msgspec
import psutil
import pytest

from checker.classroom import jobs, schedule
from checker.classroom.jobs import Job, Part
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, Verdict
from tests.conftest import wait_for

ROOT = Path(__file__).parent.parent
SOLUTION = (ROOT / "solutions/01_two_jobs/attempt.py").read_bytes()


def result(name: str, *verdicts: Verdict) -> AttemptResult:
    checks = [
        grading.check(Answer(verdict=verdict), name=name, title="It works", max_score=1.0, seconds=1.0)
        for verdict in verdicts
    ]
    return grading.attempt("01", checks, None)


class Scripted:
    """Machines that only write down what they were asked."""

    width = 2

    def __init__(self, *verdicts: Verdict) -> None:
        """`verdicts`: those of the checks, in company; alone they are passed."""
        self.asked: list[tuple[str, Part, bool]] = []
        self.ended: list[str] = []
        self._verdicts = verdicts or (Verdict.PASSED,)

    def submit(self, job: Job, part: Part, alone: bool) -> Future[AttemptResult]:
        self.asked.append((job.exercise, part, alone))
        answer: Future[AttemptResult] = Future()
        answer.set_result(result(part, *([Verdict.PASSED] if alone else self._verdicts)))
        return answer

    def kill(self) -> None:
        self.ended.append("killed")

    def close(self) -> None:
        self.ended.append("closed")


def order(*numbers: str) -> list[Job]:
    return [Job(key=f"key-{number}", exercise=number, text=b"") for number in numbers]


def test_races_for_cores_come_last_and_alone() -> None:
    """Their other checks have company; the result has both."""
    machines, told = Scripted(), {}
    schedule.run(order("22", "01"), machines, lambda job, result: told.update({job.exercise: result}))
    assert machines.asked == [("22", "untimed", False), ("01", "whole", False), ("22", "timed", True)]
    assert [check.id for check in told["22"].checks] == ["untimed", "timed"]
    assert machines.ended == ["closed"]


@pytest.mark.parametrize("others", [[], [Verdict.FAILED]])
@pytest.mark.parametrize("verdict", [Verdict.INCONCLUSIVE, Verdict.ERROR])
def test_what_cannot_be_judged_in_company_is_judged_alone(verdict: Verdict, others: list[Verdict]) -> None:
    """A check that is open is no result yet, though another one has failed for certain: it has points, too."""
    machines, told = Scripted(verdict, *others), {}
    schedule.run(order("01"), machines, lambda job, result: told.update({job.exercise: result}))
    assert machines.asked == [("01", "whole", False), ("01", "whole", True)]
    assert told["01"].verdict is Verdict.PASSED


def test_few_jobs_are_held_at_a_time() -> None:
    """However many there are, only some for each grader are taken out of the gradebook."""
    taken = []

    def many() -> Iterator[Job]:
        for number in range(1000):
            taken.append(number)
            yield Job(key=str(number), exercise="01", text=b"")

    ahead: list[int] = []
    schedule.run(many(), Scripted(), lambda job, _: ahead.append(len(taken) - int(job.key)))
    assert len(ahead) == 1000
    assert max(ahead) <= schedule.AHEAD * Scripted.width


def test_an_exception_ends_everything() -> None:
    """A gradebook that cannot be written, or Ctrl-C: nothing goes on grading for nobody."""
    machines = Scripted()

    def full(_job: Job, _result: AttemptResult) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        schedule.run(order("01"), machines, full)
    assert machines.ended == ["killed", "closed"]


def test_real_graders() -> None:
    """Two at a time, in processes of their own: right, and missing."""
    told: dict[str, Verdict] = {}
    wanted = [Job(key="right", exercise="01", text=SOLUTION), Job(key="none", exercise="01", text=None)]
    schedule.run(wanted, schedule.Here(2, 2), lambda job, result: told.update({job.key: result.verdict}))
    assert told == {"right": Verdict.PASSED, "none": Verdict.FAILED}


def test_nothing_survives_the_main_process(tmp_path: Path) -> None:
    """kill -9 takes the graders with it, and everything that they had started."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom checker.classroom import jobs, schedule\n"
        "text = b'import time\\ndef run_both(job_a, job_b):\\n    time.sleep(100)\\n'\n"
        "if __name__ == '__main__':\n"
        "    wanted = [jobs.Job(key=str(n), exercise='01', text=text) for n in range(4)]\n"
        "    schedule.run(wanted, schedule.Here(2, 4), print)\n"
    )
    (tmp_path / "main.py").write_text(program)
    main = subprocess.Popen([sys.executable, str(tmp_path / "main.py")], start_new_session=True)
    root = psutil.Process(main.pid)
    started: set[psutil.Process] = set()
    while sum("checker.attempt" in command(each) for each in started) < 4:
        started |= set(root.children(recursive=True))
    os.kill(main.pid, signal.SIGKILL)
    main.wait()
    wait_for(lambda: not any(map(command, started)), 10)


def command(process: psutil.Process) -> str:
    """The command line of a process; "" when it has ended, perhaps at this moment."""
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


def test_an_answer_is_of_the_job_that_was_asked() -> None:
    """From whatever process or machine it comes: of its exercise, and of its attempt where that is told."""
    job = Job(key="k", exercise="01", text=b"mine")
    mine = grading.attempt("01", [], sha256(b"mine").hexdigest())
    for right in (mine, msgspec.structs.replace(mine, attempt_sha256=None)):
        assert jobs.answer_to(job, msgspec.json.encode(right)) == right
    for wrong in ({"exercise": "02"}, {"attempt_sha256": sha256(b"yours").hexdigest()}):
        with pytest.raises(msgspec.ValidationError, match="of another attempt"):
            jobs.answer_to(job, msgspec.json.encode(msgspec.structs.replace(mine, **wrong)))


def test_the_key_is_made_of_everything_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attempt, the exercise, the checker's version; no file is not an empty file."""
    known = jobs.exercises()
    keys = {jobs.key(known["01"], b"a"), jobs.key(known["01"], b"b"), jobs.key(known["03"], b"a"),
            jobs.key(known["01"], b""), jobs.key(known["01"], None)}  # fmt: skip
    monkeypatch.setattr(jobs, "__version__", "99")
    keys.add(jobs.key(known["01"], b"a"))
    assert len(keys) == 6
    assert jobs.key(known["01"], b"a") == jobs.key(known["01"], b"a")
