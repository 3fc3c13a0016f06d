"""What is seen of processes from outside."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import msgspec
import psutil
import pytest

from checker.judge.diagnosis import conduct
from checker.model.codes import Code
from checker.model.evidence import CpuUse, Starts
from checker.model.limits import Limits
from checker.model.outcome import Returned
from checker.observe import cpus, descriptors, disk, linux, machine, portable
from checker.observe.machine import Used
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

SPIN = b"""
import multiprocessing, os, threading, time
def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
def alone(): spin(0.2)
def two():
    pids = []
    for _ in range(2):
        if (pid := os.fork()) == 0:
            spin(0.2)
            os._exit(0)
        pids.append(pid)
    for pid in pids: os.waitpid(pid, 0)
def short():
    for _ in range(40):
        thread = threading.Thread(target=spin_here, args=(0.01,))
        thread.start()
        thread.join()
def spin_here(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end: pass
def threads():
    ts = [threading.Thread(target=time.sleep, args=(1.0,)) for _ in range(5)]
    for t in ts: t.start()
    for t in ts: t.join()
def brief():
    met = threading.Barrier(5)
    ts = [threading.Thread(target=met.wait) for _ in range(5)]
    for t in ts: t.start()
    for t in ts: t.join()
    multiprocessing.Process(target=abs, args=(1,)).start()
"""
linux_only = pytest.mark.skipif(not linux.available(), reason="this kernel has no scheduler accounting")


@linux_only
def test_cpu_time_is_accounted_per_process(engine: Engine, made_world: World) -> None:
    """A process that spins for 0.2 s of CPU time has used that, and its parent next to nothing."""
    watching = Watching(deadline_s=20, cpu=True)
    alone = engine.run(Source(SPIN), Invocation("alone"), made_world, watching).cpu
    assert 0.18 <= alone.cpu_s <= 0.35
    assert len(alone.processes) == 1
    two = engine.run(Source(SPIN), Invocation("two"), made_world, watching).cpu
    parent, *children = sorted(two.processes, key=lambda process: process.cpu_s)
    assert [0.15 <= child.cpu_s <= 0.35 for child in children] == [True, True]
    assert parent.cpu_s < 0.1


@linux_only
def test_waiting_is_no_cpu_time(engine: Engine, made_world: World) -> None:
    """Threads that sleep are counted, and use no CPU time."""
    use = engine.run(Source(SPIN), Invocation("threads"), made_world, Watching(deadline_s=20)).cpu
    assert use.processes[0].threads == 6
    assert use.cpu_s < 0.1


@linux_only
def test_threads_between_two_samples_count(engine: Engine, made_world: World) -> None:
    """Forty threads, one after the other, that no sample may see: what they used is the process's."""
    use = engine.run(Source(SPIN), Invocation("short"), made_world, Watching(deadline_s=20)).cpu
    assert 0.4 <= use.cpu_s <= 0.6


def test_what_no_sample_shows_is_told(engine: Engine, made_world: World) -> None:
    """Of threads that live between two samples the process says how many there were at once, and of processes, too."""
    brief = engine.run(Source(SPIN), Invocation("brief"), made_world, Watching(deadline_s=20))
    assert brief.starts == Starts(threads=6, processes=1)
    unseen = msgspec.structs.replace(brief, cpu=CpuUse(processes=(), accounted=True))
    assert conduct.threads(unseen, 6) is None
    for found in (conduct.threads(unseen, 5), conduct.processes(unseen, 1)):
        assert found is not None
        assert found.code is Code.WRONG_TOOL
    assert conduct.processes(unseen, 2) is None
    in_turn = engine.run(Source(SPIN), Invocation("short"), made_world, Watching(deadline_s=20))
    assert in_turn.starts == Starts(threads=2)


BRIEFLY = """
import asyncio, multiprocessing, os, subprocess
def one(): subprocess.run(["true"], check=True)
def without_a_pipe(): subprocess.Popen(["/bin/true"], close_fds=False).wait()  # by posix_spawn, where that is safe
def awaited(): asyncio.run(wait())
async def wait(): await (await asyncio.create_subprocess_exec("true")).wait()
def shell(): os.system("true")
def spawned(): os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
def looked_for(): os.spawnlp(os.P_WAIT, "true", "true")
def forked(): process(multiprocessing.get_context("fork"))
def from_a_server(): process(multiprocessing.get_context("forkserver"))
def anew(): process(multiprocessing.get_context("spawn"))
def process(context):
    child = context.Process(target=abs, args=(1,))
    child.start()
    child.join()
"""


@linux_only
@pytest.mark.parametrize(
    "how",
    ["one", "without_a_pipe", "awaited", "shell", "spawned", "looked_for", "forked", "from_a_server", "anew"],
)
def test_each_process_is_told_once(engine: Engine, made_world: World, how: str) -> None:
    """However it is started, and however short it lives; the library's own helpers are nobody's."""
    run = engine.run(Source(BRIEFLY.encode()), Invocation(how), made_world, Watching(deadline_s=20))
    assert isinstance(run.outcome, Returned)
    assert run.starts.processes == 1


@linux_only
def test_both_readers_see_the_same_tree() -> None:
    """The portable reader sees the processes that the Linux one sees, and says that it accounts for less."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        precise, coarse = linux.ProcReader(os.getpid(), os.getpid()), portable.PsutilReader(os.getpid())
        assert child.pid in precise.read()
        assert child.pid in coarse.read()
        assert (precise.accounted, coarse.accounted) == (True, False)
        precise.close()
    finally:
        child.communicate(b"\n")


BEHIND_MANY_THREADS = """
import os, subprocess, sys, threading
over = threading.Event()
def begin(last):
    if last: subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)
    met.wait()
    over.wait()
met = threading.Barrier(6)
for number in range(5): threading.Thread(target=begin, args=[number == 4]).start()
met.wait()
print("all are there", flush=True)
sys.stdin.read()
over.set()
"""


@linux_only
def test_no_process_hides_behind_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of so many threads, not all accounts are kept open; whose child it is makes no difference."""
    monkeypatch.setattr("checker.observe.linux.MOST_OPEN", 3)
    with subprocess.Popen(
        [sys.executable, "-c", BEHIND_MANY_THREADS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as many:
        assert many.stdout is not None
        many.stdout.readline()
        reader = linux.ProcReader(many.pid, os.getpid())
        tree = reader.read()
        reader.close()
        hidden = psutil.Process(many.pid).children()
        for each in hidden:
            each.kill()
        many.communicate()
    assert len(tree[many.pid][1]) == 6
    assert [each.pid in tree for each in hidden] == [True]


@linux_only
def test_a_thread_that_ends_while_it_is_looked_at_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its account is there still, its children are not."""
    reader, real = linux.ProcReader(os.getpid(), os.getpid()), os.open
    before = len(list(Path("/proc/self/fd").iterdir()))

    def ended(path: str, flags: int) -> int:
        if path.endswith("/children"):
            raise FileNotFoundError(path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", ended)
    assert reader.read() == {}
    monkeypatch.undo()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    reader.close()


@pytest.mark.parametrize(
    ("system", "before", "refused", "after", "calls"),
    [
        ("linux", (1024, 4096), False, 4096, 63),
        ("linux", (1024, 1024), False, 1024, 15),
        ("linux", (1024, 4096), True, 1024, 15),
        ("linux", (64, 64), False, 64, 1),
        ("darwin", (256, 2**63 - 1), False, descriptors.OPEN_MAX, 159),
    ],
    ids=["may be raised", "as it is", "may not be raised", "next to nothing", "macOS"],
)
def test_as_many_files_may_be_open_as_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, system: str, before: tuple[int, int], refused: bool, after: int, calls: int
) -> None:
    """And no more calls go on at the same time than have room among them."""
    limit = [before]

    def set_limit(_: int, to: tuple[int, int]) -> None:
        if refused:
            raise ValueError(to)
        limit.append(to)

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(resource, "getrlimit", lambda _: limit[-1])
    monkeypatch.setattr(resource, "setrlimit", set_limit)
    descriptors.raise_limit()
    assert (limit[-1], descriptors.calls()) == ((after, before[1]), calls)


def test_an_attempt_has_a_limit_of_its_own(engine: Engine, made_world: World) -> None:
    """However many files its grader may have open."""
    text = b"import resource\ndef work(): return list(resource.getrlimit(resource.RLIMIT_NOFILE))"
    run = engine.run(Source(text), Invocation("work"), made_world, Watching(5.0))
    assert run.outcome == Returned(value=[Limits().open_files] * 2)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize(
    ("now", "own_s", "outside"),
    [
        (Used(busy_s=12.0, stolen_s=1.0), 0.5, Used(busy_s=1.5, stolen_s=0.0)),
        (Used(busy_s=12.0, stolen_s=1.5), 0.5, Used(busy_s=1.5, stolen_s=0.5)),
        (Used(busy_s=12.0, stolen_s=1.5), 2.0, Used(busy_s=0.5, stolen_s=0.5)),
        (Used(busy_s=10.0, stolen_s=0.9), 0.01, Used(busy_s=0.0, stolen_s=0.0)),
    ],
    ids=["other programs", "and the host", "counted as the call's own, too", "a clock that went back"],
)
def test_what_everybody_else_used(monkeypatch: pytest.MonkeyPatch, now: Used, own_s: float, outside: Used) -> None:
    """Without the call's own; what the host took is in it, whomever the kernel counts it for."""
    monkeypatch.setattr(machine, "used", lambda: now)
    assert machine.outside(Used(busy_s=10.0, stolen_s=1.0), own_s) == outside


def test_quotas_of_control_groups(tmp_path: Path) -> None:
    """Version 1 and version 2, of the group and of the groups around it; "max" and -1 are no quota."""
    membership, v1, v2 = tmp_path / "cgroup", tmp_path / "v1", tmp_path / "v2"
    write(membership, "4:cpu,cpuacct:/job/step\n2:memory:/job\n0::/user/session\n")
    write(v1 / "job/step/cpu.cfs_quota_us", "-1")
    write(v1 / "job/step/cpu.cfs_period_us", "100000")
    write(v1 / "job/cpu.cfs_quota_us", "150000")
    write(v1 / "job/cpu.cfs_period_us", "100000")
    write(v2 / "user/session/cpu.max", "max 100000")
    write(v2 / "user/cpu.max", "50000 100000")
    assert sorted(cpus.quotas(membership, (v1,), v2)) == [0.5, 1.5]


def test_no_control_groups(tmp_path: Path) -> None:
    """Where there are none, there are no quotas; at least one core is usable."""
    assert cpus.quotas(tmp_path / "missing", (tmp_path,), tmp_path) == []
    assert cpus.usable_cpus() > 0


HELPED = b"""
import subprocess, sys
from multiprocessing import resource_tracker
def track():
    resource_tracker.ensure_running()
    false = [sys.executable, "-c", "input()  # multiprocessing.resource_tracker"]
    with subprocess.Popen(false, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        child.communicate(b"\\n")
    import time
    time.sleep(0.1)  # so that the tracker, too, is seen to be itself
"""


@linux_only
def test_helpers_of_multiprocessing_are_not_the_attempts(engine: Engine, made_world: World) -> None:
    """One tracker of resources is the library's own; it is no process that the attempt used."""
    run = engine.run(Source(HELPED), Invocation("track"), made_world, Watching(deadline_s=20))
    assert sum(process.helper for process in run.cpu.processes) == 1
    found = conduct.processes(run, 1)
    assert found is not None
    assert "used 2 processes" in found.sentence
    assert conduct.processes(run, 2) is None


# --- what is on the disk ---

SMALL = Limits(disk_mib=1, files=20)


def filled(folder: Path, files: int, size: int = 0) -> Path:
    for number in range(files):
        (folder / f"{number:02}").write_bytes(b"x" * size)
    return folder


@pytest.mark.parametrize(
    ("files", "size", "what"),
    [(20, 0, ""), (21, 0, "more than 20 files"), (5, 2**18, "more than 1 MiB of files"), (3, 2**18, "")],
)
def test_what_was_written(tmp_path: Path, files: int, size: int, what: str) -> None:
    """So many files, and so much in them, and no more."""
    assert disk.exceeded(str(filled(tmp_path, files, size)), SMALL) == what


@pytest.mark.parametrize("gone", [FileNotFoundError(2, "gone"), NotADirectoryError(20, "another")])
def test_what_vanishes_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: OSError) -> None:
    """A name that comes and goes while the others are counted, in whatever order: they are counted all the same."""
    vanished, look = Mock(stat=Mock(side_effect=gone), is_dir=Mock(return_value=False)), os.scandir

    @contextlib.contextmanager
    def churned(path: str) -> Iterator[list[object]]:
        with look(path) as entries:
            yield [each for entry in entries for each in (vanished, entry)]

    monkeypatch.setattr(os, "scandir", churned)
    assert disk.exceeded(str(filled(tmp_path, 8, 2**18)), SMALL) == "more than 1 MiB of files"
    assert disk.exceeded(str(tmp_path / "nothing"), SMALL) == ""


def test_what_cannot_be_counted_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes that for nothing. But where the grader has too many files open, it looks again in a moment."""
    monkeypatch.setattr(os, "scandir", Mock(side_effect=OSError(errno.EACCES, "Permission denied")))
    assert disk.exceeded(str(tmp_path), SMALL) == "its files cannot be counted: Permission denied"
    monkeypatch.setattr(os, "scandir", Mock(side_effect=OSError(errno.EMFILE, "Too many open files")))
    assert disk.exceeded(str(tmp_path), SMALL) == ""


def test_one_folder_is_open_at_a_time(tmp_path: Path) -> None:
    """However deep they are."""
    (tmp_path / "/".join("d" * 150)).mkdir(parents=True)
    most, free = resource.getrlimit(resource.RLIMIT_NOFILE), os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free + 4, most[1]))
    try:
        assert disk.exceeded(str(tmp_path), Limits(files=150)) == ""
        assert disk.exceeded(str(tmp_path), Limits(files=149)) == "more than 149 files"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, most)
