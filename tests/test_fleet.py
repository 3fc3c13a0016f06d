"""The same jobs on a real cluster: a scheduler and two worker processes, one of which is killed."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psutil
import pytest
from click.testing import CliRunner

from checker import __version__
from checker.classroom import fleet, schedule
from checker.classroom.jobs import Job
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.model.answer import AttemptResult, Verdict
from checker.model.interpreter import Interpreter
from checker.process.isolation import Isolation, Level
from tests import pythons
from tests.conftest import wait_for
from tests.test_watchdog import SIGNALS_ITS_GRADER, STUCK

pytest.importorskip("distributed", reason="a fleet needs the extra: pip install -e '.[fleet]'")
ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs/example-course"
SOLUTION = (ROOT / "solutions/01_two_jobs/attempt.py").read_bytes()
SERIAL = (ROOT / "exercises/01_two_jobs/sync.py").read_bytes()
START_S = 60


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler of our own."""
    file = tmp_path_factory.mktemp("fleet") / "scheduler.json"
    process = start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    wait_for(lambda: file.exists() and file.read_text(), START_S)
    yield json.loads(file.read_text())["address"]
    stop(process)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask takes more than ten seconds to start a worker where ninety programs are busy."""
    monkeypatch.setattr(fleet, "PATIENCE_S", START_S)


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def worker(scheduler: str) -> Iterator[Start]:
    """Starts workers, with two slots each unless told otherwise. What is left of them ends with the test."""
    started = []

    def worker(*more: str) -> subprocess.Popen[bytes]:
        slots = more or ("--resources", "slots=2")
        threads = ("--nworkers", "1", "--nthreads", "2", "--no-dashboard")
        started.append(start("worker", scheduler, *threads, *slots))
        return started[-1]

    yield worker
    for process in started:
        stop(process)


def start(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments]
    environment = os.environ | {"KATA_MARKER": " ".join(arguments)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


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


SHORT_OF_PATIENCE = """
import functools, sys
from checker.classroom import fleet
from checker.classroom.grader_process import Patience
from checker.process import isolation
fleet.Graders = functools.partial(fleet.Graders, Patience(answer_s=60, silence_s=5, memory_mib=400))
isolation.best = lambda: isolation.Isolation(level=isolation.Level.PROCESS)
if DOES:
    isolation.python = lambda _: [sys.executable, STUCK, DOES]
"""
"""What a worker of Dask's is told before it begins: as if its graders were those of test_watchdog.py."""


@pytest.mark.parametrize(
    ("sent", "does", "says"),
    [
        ("SIGKILL", "", "was ended by SIGKILL"),
        ("SIGSTOP", "", "stood still for 5 s"),
        ("", "eat_memory", "took more than 400 MiB of memory"),
    ],
)
def test_a_worker_outlives_its_graders(
    scheduler: str, worker: Start, tmp_path: Path, sent: str, does: str, says: str
) -> None:
    """One that is killed, hangs or eats memory is an error of its attempt; the worker goes on, and nothing is left."""
    told: dict[str, AttemptResult] = {}
    (tmp_path / "preload.py").write_text(
        SHORT_OF_PATIENCE.replace("DOES", repr(does)).replace("STUCK", repr(str(STUCK)))
    )
    process = worker("--resources", "slots=2", "--preload", str(tmp_path / "preload.py"))
    texts = {"hostile": SIGNALS_ITS_GRADER.replace("SENT", sent).encode()} if sent else {"hostile": SERIAL}
    texts |= {"honest": SOLUTION} if sent else {}
    wanted = [Job(key=key, exercise="01", text=text) for key, text in texts.items()]
    schedule.run(wanted, fleet.Fleet(scheduler), lambda job, got: told.update({job.key: got}))
    assert told["hostile"].verdict is Verdict.ERROR
    assert says in told["hostile"].checks[0].why
    assert not sent or told["honest"].verdict is Verdict.PASSED
    assert process.poll() is None
    wait_for(lambda: orphans(process.pid, str(tmp_path)) == [], 30)


def orphans(root: int, marker: str) -> list[psutil.Process]:
    """What has the marker in its environment, and is not below the process that was started with it any more."""
    found = []
    for each in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            mine = marker in each.environ().get("KATA_MARKER", "") and each.status() != psutil.STATUS_ZOMBIE
            if mine and root not in {each.pid, *(parent.pid for parent in each.parents())}:
                found.append(each)
    return found


def test_workers_without_slots_are_refused(scheduler: str, worker: Start) -> None:
    """A worker that declares nothing would run races side by side."""
    worker("--name", "bare")
    with pytest.raises(fleet.FleetError, match="slots=16"):
        fleet.Fleet(scheduler)


class Cluster:
    """A client of workers a and b, with two slots each, who answer so, question after question."""

    def __init__(self, *answers: dict[str, object], known: str = "ab") -> None:
        self._answers = list(answers)
        self._known = known

    def run(self, *_: object, **_options: object) -> dict[str, object]:
        answers = self._answers.pop(0).items()
        return {who: msgspec.json.encode(told) if isinstance(told, fleet.About) else told for who, told in answers}

    def scheduler_info(self, **_options: object) -> dict[str, object]:
        return {"workers": {name: {"resources": {"slots": 2.0}} for name in self._known}}


def about(level: Level = Level.PROCESS, version: str = __version__) -> fleet.About:
    return fleet.About(version=version, isolation=Isolation(level=level, why="too old"))


def test_workers_that_isolate_less_are_refused() -> None:
    """--require-isolation holds for every machine that grades."""
    answers: dict[str, object] = {"a": about(Level.LANDLOCK), "b": about(Level.PROCESS)}
    assert fleet.slots(Cluster(answers), Level.PROCESS, None) == [2, 2]
    with pytest.raises(fleet.FleetError, match=r"version .* of the checker, and 99 is needed"):
        fleet.perform(b"", "99", "process")
    with pytest.raises(fleet.FleetError, match="b offers isolation by process only, not by landlock: too old"):
        fleet.slots(Cluster(answers), Level.LANDLOCK, None)


def test_workers_without_the_interpreter_are_refused(scheduler: str, worker: Start) -> None:
    """Before anything is graded; another version under the same name is another interpreter."""
    worker()
    for asked, version, words in (
        ("python3.99", "3.99.0", r"tcp://.* a worker cannot run attempts: python3\.99: no such program"),
        (sys.executable, "3.99.0", r"GIL (on|off), and Python 3\.99\.0, GIL on is needed"),
    ):
        with pytest.raises(fleet.FleetError, match=words):
            fleet.Fleet(scheduler, interpreter=Interpreter(path=asked, asked=asked, version=version))


@pytest.mark.timeout(400)
def test_workers_run_attempts_on_another_interpreter(scheduler: str, worker: Start, tmp_path: Path) -> None:
    """`--scheduler` with `--python`: each attempt tells of its interpreter, and the gradebook knows it."""
    other = pythons.any_other()
    worker()
    telling = b"import sys\nprint(sys.version)\n"
    (tmp_path / "a_01.py").write_bytes(telling + SOLUTION)
    (tmp_path / "b_01.py").write_bytes(telling + SERIAL)
    arguments = ["--gradebook", str(tmp_path / "class.db"), "--scheduler", scheduler, "--python", other.path]
    done = CliRunner().invoke(main, ["grade", str(tmp_path), *arguments, "--json", str(tmp_path / "out.json")])
    assert done.exit_code == 1, done.output
    document = json.loads((tmp_path / "out.json").read_text())
    assert document["machine"]["attempts"] == other.name
    assert {who: verdict for who, (verdict, _) in marks(tmp_path / "class.db").items()} == {
        "a": Verdict.PASSED, "b": Verdict.FAILED
    }  # fmt: skip
    assert f"\n{other.version} " in f"\n{output_of(tmp_path / 'class.db', 'b')}"


@pytest.mark.timeout(400)
def test_two_workers_grade_an_instructors_own_exercises(scheduler: str, worker: Start, tmp_path: Path) -> None:
    """Of a course in a folder that all share, every right and wrong attempt gets the marks that it gets here."""
    worker()
    worker()
    handed_in = tmp_path / "class"
    handed_in.mkdir()
    for n, file in enumerate(sorted((EXAMPLE / "tests/attempts").rglob("*.py"))):
        (handed_in / f"{chr(ord('a') + n)}_32.py").write_bytes(file.read_bytes())
    command = ["grade", str(handed_in), "--course", str(EXAMPLE / "course.toml"), "--gradebook"]
    there = CliRunner().invoke(main, [*command, str(tmp_path / "there.db"), "--scheduler", scheduler])
    here = CliRunner().invoke(main, [*command, str(tmp_path / "here.db")])
    assert (there.exit_code, here.exit_code) == (1, 1), there.output
    assert marks(tmp_path / "there.db") == marks(tmp_path / "here.db")
    assert len(marks(tmp_path / "there.db")) == len(list(handed_in.iterdir()))


def test_a_worker_that_has_just_died_is_not_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler names it for a moment longer: who answers counts, and is waited for."""
    gone = OSError("gone")
    assert fleet.slots(Cluster({"a": gone}, {"a": gone, "b": about()}), Level.PROCESS, None) == [2]
    with pytest.raises(fleet.FleetError, match=r"b has version 0\.0 of the checker"):
        fleet.slots(Cluster({"a": gone, "b": about(version="0.0")}), Level.PROCESS, None)
    assert fleet.slots(Cluster({"c": about()}, {"a": about()}), Level.PROCESS, None) == [2]  # c died after its answer
    monkeypatch.setattr(fleet, "PATIENCE_S", 0.05)
    nobody: list[dict[str, object]] = [{"a": gone}] * 10
    with pytest.raises(fleet.FleetError, match="no worker answered"):
        fleet.slots(Cluster(*nobody), Level.PROCESS, None)


def test_a_worker_that_cannot_be_asked_is_told_as_that() -> None:
    """An older checker has no such question; its exception is no version."""
    answers: dict[str, object] = {"a": about(), "b": AttributeError("no attribute '_about'")}
    with pytest.raises(fleet.FleetError, match=r"b could not be asked what it is \(AttributeError: .*start it again"):
        fleet.slots(Cluster(answers), Level.PROCESS, None)


@pytest.mark.parametrize("told", [b"", b'{"version": 3}', b"[]"])
def test_an_answer_that_is_none_is_told_as_that(told: bytes) -> None:
    """Whatever a worker says of itself is read as data, and refused if it is none."""
    with pytest.raises(fleet.FleetError, match=r"a could not be asked what it is \("):
        fleet.slots(Cluster({"a": told}), Level.PROCESS, None)


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nothing listens is told as such."""
    monkeypatch.setattr(fleet, "PATIENCE_S", 0.5)
    with pytest.raises(fleet.FleetError, match="no scheduler"):
        fleet.Fleet("tcp://127.0.0.1:9")


# --- as documented ---------------------------------------------------------------------------------


def documented(first: str) -> list[str]:
    """The command of docs/grading-a-class.md that begins so, to be run by this interpreter."""
    text = (ROOT / "docs/grading-a-class.md").read_text()
    (line,) = [line.strip() for line in text.splitlines() if line.startswith(f"    {first}")]
    return [sys.executable, "-m", *line.split()]


class Documented:
    """The cluster of the documentation, on this machine and a free port; everything ends with the test."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []

    def run(self, first: str, *more: str) -> subprocess.Popen[bytes]:
        command = [part.replace("scheduler:8786", self.address) for part in documented(first)]
        log = (self._folder / f"{len(self._started)}.log").open("wb")
        self._started.append(
            subprocess.Popen([*command, *more], cwd=self._folder, stdout=log, stderr=log, start_new_session=True)
        )
        return self._started[-1]

    def scheduler(self) -> subprocess.Popen[bytes]:
        return self.run("dask scheduler", "--port", self.address.partition(":")[2], "--no-dashboard")

    def close(self) -> None:
        for process in self._started:
            stop(process)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Documented]:
    made = Documented(tmp_path)
    yield made
    made.close()


def hand_in(folder: Path, number: int) -> None:
    """Right and serial ones in turn, each with a text of its own, and a roster."""
    (folder / "submissions").mkdir()
    for n in range(number):
        text = (SOLUTION if n % 2 else SERIAL) + b"# %d\n" % n
        (folder / "submissions" / f"l{n:02}_01.py").write_bytes(text)
    (folder / "course.toml").write_text("[exercises.01]\n")
    (folder / "roster.csv").write_text("id\n" + "".join(f"l{n:02}\n" for n in range(number)))


def marks(book: Path) -> dict[str, tuple[Verdict, float]]:
    """Of everybody who has one."""
    if not book.exists():
        return {}
    with Gradebook(book) as opened:
        found = {name: opened.latest(key) for name, _, key in opened.handins()}
    return {name: (result.verdict, result.score) for name, result in found.items() if result is not None}


def output_of(book: Path, who: str) -> str:
    """What the first check that shows output has shown of somebody's attempt."""
    with Gradebook(book) as opened:
        result = next(opened.latest(key) for name, _, key in opened.handins() if name == who)
    assert result is not None
    return next((check.output for check in result.checks if check.output), "")


@pytest.mark.timeout(400)
def test_the_documented_commands(cluster: Documented, tmp_path: Path) -> None:
    """Workers under their nannies; one is killed, one comes later: the marks are those of one machine."""
    hand_in(tmp_path, 16)
    cluster.scheduler()
    nannies = [cluster.run("dask worker") for _ in range(2)]
    grading = cluster.run("checker grade submissions/ --gradebook class.db --scheduler")
    wait_for(lambda: len(marks(tmp_path / "class.db")) >= 2)
    for worker in psutil.Process(nannies[0].pid).children():
        worker.kill()  # its nanny starts another one
    stop(nannies[1])
    cluster.run("dask worker")
    assert grading.wait(240) == 1, (tmp_path / "3.log").read_text()
    expected = {f"l{n:02}": Verdict.PASSED if n % 2 else Verdict.FAILED for n in range(16)}
    assert {name: verdict for name, (verdict, _) in marks(tmp_path / "class.db").items()} == expected


@pytest.mark.timeout(400)
def test_a_lost_scheduler_is_a_sentence(cluster: Documented, tmp_path: Path) -> None:
    """What was graded is kept, the message says how to go on; with a new one it does, to the marks of a plain run."""
    hand_in(tmp_path, 16)
    scheduler = cluster.scheduler()
    cluster.run("dask worker")
    grading = cluster.run("checker grade submissions/ --gradebook class.db --scheduler")
    wait_for(lambda: marks(tmp_path / "class.db"))
    stop(scheduler)
    assert grading.wait(120) != 0
    before, said = marks(tmp_path / "class.db"), (tmp_path / "2.log").read_text()
    assert "Traceback" not in said
    assert fleet.GO_ON in said
    assert grading.returncode == 1
    assert len(before) > 0
    cluster.scheduler()
    cluster.run("dask worker")
    again = cluster.run("checker grade submissions/ --gradebook class.db --scheduler")
    assert again.wait(240) == 1
    after = marks(tmp_path / "class.db")
    assert before.items() <= after.items()
    (tmp_path / "class.db").rename(tmp_path / "fleet.db")
    assert cluster.run("checker grade submissions/ --course").wait(240) == 1
    assert after == marks(tmp_path / "class.db")
    assert len(after) == 16
