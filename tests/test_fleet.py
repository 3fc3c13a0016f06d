"""The same jobs on a real cluster: a scheduler and two worker processes, one of which is killed."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from checker.classroom import fleet, schedule
from checker.classroom.jobs import Job
from checker.model.answer import AttemptResult, Verdict
from checker.process.isolation import Isolation, Level

pytest.importorskip("distributed", reason="a fleet needs the extra: pip install -e '.[fleet]'")
ROOT = Path(__file__).parent.parent
SOLUTION = (ROOT / "solutions/01_two_jobs/attempt.py").read_bytes()
SERIAL = (ROOT / "exercises/01_two_jobs/sync.py").read_bytes()
START_S = 60


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler of our own."""
    file = tmp_path_factory.mktemp("fleet") / "scheduler.json"
    process = start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    deadline_s = time.monotonic() + START_S
    while not (file.exists() and file.read_text()) and time.monotonic() < deadline_s:
        time.sleep(0.05)
    yield json.loads(file.read_text())["address"]
    stop(process)


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def worker(scheduler: str) -> Iterator[Start]:
    """Starts workers, with two slots each unless told otherwise. What is left of them ends with the test."""
    started = []

    def worker(*more: str) -> subprocess.Popen[bytes]:
        slots = more or ("--resources", "slots=2")
        threads = ("--nworkers", "1", "--nthreads", "2", "--no-dashboard", "--no-nanny")
        started.append(start("worker", scheduler, *threads, *slots))
        return started[-1]

    yield worker
    for process in started:
        stop(process)


def start(*arguments: str) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).with_name("dask")), *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    """As if its machine were gone. What it started may be ending already."""
    with contextlib.suppress(psutil.NoSuchProcess):
        for each in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
    process.wait()


def test_a_lost_workers_jobs_run_again(scheduler: str, worker: Start) -> None:
    """One of two workers is killed when the first results are there; every job has its right result in the end."""
    workers = [worker(), worker()]
    wanted = [Job(key=f"{n}", exercise="01", text=SOLUTION if n % 2 else SERIAL) for n in range(12)]
    told: dict[str, Verdict] = {}
    machines = fleet.Fleet(scheduler)
    while machines.width < 4:
        machines.close()
        machines = fleet.Fleet(scheduler)

    def tell(job: Job, result: AttemptResult) -> None:
        told[job.key] = result.verdict
        if len(told) == 2:
            stop(workers[0])

    schedule.run(wanted, machines, tell)
    assert told == {job.key: Verdict.PASSED if int(job.key) % 2 else Verdict.FAILED for job in wanted}


def test_a_race_has_its_machine_to_itself(scheduler: str, worker: Start) -> None:
    """With two slots, a job that wants to be alone takes both."""
    worker()
    machines = fleet.Fleet(scheduler)
    job = Job(key="k", exercise="01", text=SERIAL)
    answers = [machines.submit(job, "timed", alone=True) for _ in range(2)]
    ended: list[float] = []
    for answer in answers:
        answer.add_done_callback(lambda _: ended.append(time.monotonic()))
    results = [answer.result(START_S) for answer in answers]
    machines.close()
    took_s = results[1].checks[0].seconds
    assert ended[1] - ended[0] >= 0.8 * took_s


def test_a_grading_that_is_ended_leaves_nothing_behind(scheduler: str, worker: Start) -> None:
    """Closed while jobs run, again and again; the next grading in the same process gets its answer."""
    worker()
    job = Job(key="k", exercise="01", text=b"1 +")
    for _ in range(5):
        machines = fleet.Fleet(scheduler)
        for _ in range(20):
            machines.submit(job, "whole", alone=False)
        machines.kill()
    machines = fleet.Fleet(scheduler)
    assert machines.submit(job, "whole", alone=False).result(START_S).verdict is Verdict.FAILED
    machines.close()


def test_workers_without_slots_are_refused(scheduler: str, worker: Start) -> None:
    """A worker that declares nothing would run races side by side."""
    worker("--name", "bare")
    with pytest.raises(fleet.FleetError, match="slots=16"):
        fleet.Fleet(scheduler)


def test_workers_that_isolate_less_are_refused() -> None:
    """--require-isolation holds for every machine that grades."""

    class Client:
        def run(self, _: object) -> dict[str, Isolation]:
            return {
                "tcp://a": Isolation(level=Level.LANDLOCK),
                "tcp://b": Isolation(level=Level.PROCESS, why="too old"),
            }

    fleet.refuse_weaker(Client(), Level.PROCESS)
    with pytest.raises(fleet.FleetError, match="tcp://b offers isolation by process only, not by landlock: too old"):
        fleet.refuse_weaker(Client(), Level.LANDLOCK)


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nothing listens is told as such."""
    monkeypatch.setattr(fleet, "PATIENCE_S", 0.5)
    with pytest.raises(fleet.FleetError, match="no scheduler"):
        fleet.Fleet("tcp://127.0.0.1:9")
