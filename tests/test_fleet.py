"""The same jobs on a real cluster: a scheduler and two worker processes, one of which is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from checker import fleet, schedule
from checker.jobs import Job
from checker.model import AttemptResult, Verdict

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
    address = ""
    deadline_s = time.monotonic() + START_S
    while not address and time.monotonic() < deadline_s:
        address = (
            next((line for line in file.read_text().split('"') if line.startswith("tcp://")), "")
            if file.exists()
            else ""
        )
    yield address
    stop(process)


def start(*arguments: str) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).with_name("dask")), *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def worker(address: str, *more: str) -> subprocess.Popen[bytes]:
    slots = more or ("--resources", "slots=2")
    return start("worker", address, "--nworkers", "1", "--nthreads", "2", "--no-dashboard", "--no-nanny", *slots)


def stop(process: subprocess.Popen[bytes]) -> None:
    for each in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]:
        each.kill()
    process.wait()


def test_a_lost_workers_jobs_run_again(scheduler: str) -> None:
    """One of two workers is killed when the first results are there; every job has its right result in the end."""
    workers = [worker(scheduler), worker(scheduler)]
    wanted = [Job(key=f"{n}", exercise="01", text=SOLUTION if n % 2 else SERIAL) for n in range(12)]
    told: dict[str, Verdict] = {}
    machines = fleet.Fleet(scheduler)
    while machines.width < 4:
        machines = fleet.Fleet(scheduler)

    def tell(job: Job, result: AttemptResult) -> None:
        told[job.key] = result.verdict
        if len(told) == 2:
            stop(workers[0])

    schedule.run(wanted, machines, tell)
    stop(workers[1])
    assert told == {job.key: Verdict.PASSED if int(job.key) % 2 else Verdict.FAILED for job in wanted}


def test_a_race_has_its_machine_to_itself(scheduler: str) -> None:
    """With two slots, a job that wants to be alone takes both."""
    one = worker(scheduler)
    machines = fleet.Fleet(scheduler)
    job = Job(key="k", exercise="01", text=SERIAL)
    answers = [machines.submit(job, "timed", alone=True) for _ in range(2)]
    ended: list[float] = []
    for answer in answers:
        answer.add_done_callback(lambda _: ended.append(time.monotonic()))
    results = [answer.result(START_S) for answer in answers]
    machines.close()
    stop(one)
    took_s = results[1].checks[0].seconds
    assert ended[1] - ended[0] >= 0.8 * took_s


def test_workers_without_slots_are_refused(scheduler: str) -> None:
    """A worker that declares nothing would run races side by side."""
    one = worker(scheduler, "--name", "bare")
    with pytest.raises(fleet.FleetError, match="slots=12"):
        fleet.Fleet(scheduler)
    stop(one)


def test_nobody_there() -> None:
    """An address where nothing listens is told as such, soon."""
    with pytest.raises(fleet.FleetError, match="no scheduler"):
        fleet.Fleet("tcp://127.0.0.1:9")
