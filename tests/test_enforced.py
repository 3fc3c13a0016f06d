"""What the kernel itself refuses to an attempt, at the levels that promise it."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.attempt import seccomp
from checker.model.limits import Limits
from checker.model.outcome import Overrun, Returned
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.isolation import Isolation, Level
from checker.process.watched import Watching
from tests.test_isolation import call, needs

REFUSED, DONE = "PermissionError", ""
FILTERS = pytest.mark.skipif(not seccomp.available(), reason="this kernel has no filters for system calls")


@pytest.fixture(scope="module", params=[pytest.param(level, marks=needs(level)) for level in Level])
def level(request: pytest.FixtureRequest) -> Level:
    return Level(request.param)


@pytest.fixture(scope="module")
def at_level(level: Level) -> Iterator[Engine]:
    engine = Engine(isolation=Isolation(level=level))
    yield engine
    engine.close()


HELD = {
    "memory without a name": "os.memfd_create('kata')",
    "shared memory of System V": "system('shmget', 0, 4096, 0o1600)",
    "semaphores of System V": "system('semget', 0, 1, 0o1600)",
    "messages of System V": "system('msgget', 0, 0o1600)",
    "messages of POSIX": "system('mq_open', b'kata', 0o102, 0o600, None)",
    "keys": "system('add_key', b'user', b'kata', b'x', 1, -2)",
    "io_uring": "system('io_uring_setup', 1, bytes(120))",
    "tracing": "system('ptrace', 0, 0, 0, 0)",
    "namespaces inside": "system('unshare', 0x10000000)",
    "namespaces by clone": "system('clone', 0x10000000 | 17, 0, 0, 0, 0)",
    "what another process reads": "system('process_vm_readv', os.getppid(), 0, 0, 0, 0, 0)",
    "leases": "__import__('fcntl').fcntl(os.open('own', os.O_CREAT), 1024, 1)",
    "notices of a folder": "__import__('fcntl').fcntl(os.open('.', 0), 1026, 1)",
    "flags of a file": "__import__('fcntl').ioctl(os.open('own', os.O_CREAT), 0x40086602, bytes(8))",
    "an account that nobody reads": "system('prctl', 4, 1, 0, 0, 0)",
}
SYSTEM = """
import ctypes, os
NUMBERS = {}
def system(name, *arguments):
    library = ctypes.CDLL(None, use_errno=True)
    result = library.syscall(NUMBERS[name], *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    if name == 'clone' and result == 0:
        os._exit(0)
def work(*given):
    {}
"""


def text(does: str) -> str:
    column = 0 if platform.machine() == seccomp.X86_64 else 1
    every = seccomp.REFUSED | seccomp.PRETENDED | seccomp.OPERATIONS | seccomp.NAMESPACES
    every |= seccomp.OF_OTHERS | seccomp.PRIORITIES | seccomp.CORES
    numbers = {name: both[column] for name, both in every.items()}
    return SYSTEM.replace("NUMBERS = {}", f"NUMBERS = {numbers}").replace("    {}", f"    {does}")


@FILTERS
@pytest.mark.parametrize("what", HELD)
def test_calls_that_no_exercise_needs(at_level: Engine, level: Level, what: str) -> None:
    """Refused from landlock on."""
    if level.reaches(Level.LANDLOCK):
        assert call(at_level, text(HELD[what])).error == REFUSED


OF_FILES = {
    "mode": "os.chmod(given[0], 0)",
    "mode by its newer call": "system('fchmodat2', -100, os.fsencode(given[0]), 0, 0)",
    "owner": "os.chown(given[0], -1, os.getgid())",
    "times": "os.utime(given[0], (1, 1))",
    "times, as of now": "os.utime(given[0])",
    "attributes": "os.setxattr(given[0], 'user.kata', b'x')",
}


@FILTERS
@pytest.mark.parametrize("what", OF_FILES)
def test_files_stay_as_they_are(at_level: Engine, level: Level, what: str, tmp_path: Path) -> None:
    """Whatever their owner may do, from landlock on: it neither reads nor writes them, and has their names."""
    file = tmp_path / "file"
    file.touch()
    before = file.stat()
    if level.reaches(Level.LANDLOCK):
        call(at_level, text(OF_FILES[what]), str(file))
        assert file.stat().st_ctime_ns == before.st_ctime_ns


OTHERS = {
    "limits": "import resource; resource.prlimit(given[0], resource.RLIMIT_CPU)",
    "scheduling": "os.sched_setscheduler(given[0], os.SCHED_OTHER, os.sched_param(0))",
}


@FILTERS
@pytest.mark.parametrize("what", OTHERS)
def test_what_is_the_graders(at_level: Engine, level: Level, what: str) -> None:
    """Its limits and scheduling; where it is not even seen, there is nothing to refuse."""
    if level is not Level.PROCESS:
        error = {Level.LANDLOCK: REFUSED, Level.NAMESPACES: "ProcessLookupError"}[level]
        assert call(at_level, text(OTHERS[what]), os.getpid()).error == error
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY


PINNED = f"""
import multiprocessing, os
def work(given):
    os.sched_setaffinity(given, {{min(os.sched_getaffinity(0))}})
    os.setpriority(os.PRIO_PROCESS, given, 19)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(pin_itself)
def pin_itself():
    os.sched_setaffinity(os.getpid(), {{min(os.sched_getaffinity(0))}})
    os.setpriority(os.PRIO_PROCESS, os.getpid(), 19)
    return "{DONE}"
"""


@FILTERS
def test_cores_and_priorities(at_level: Engine, level: Level) -> None:
    """A worker may name itself, at every level; who names the grader at landlock has changed nothing."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        cores, priority = os.sched_getaffinity(other.pid), os.getpriority(os.PRIO_PROCESS, other.pid)
        world = at_level.world()
        given = other.pid if level is Level.LANDLOCK else 0
        run = at_level.run(Source(PINNED.encode()), Invocation("work", (given,)), world, Watching(20.0))
        world.close()
        assert isinstance(run.outcome, Returned)
        assert run.outcome.value == DONE
        assert os.sched_getaffinity(other.pid) == cores
        assert os.getpriority(os.PRIO_PROCESS, other.pid) == priority
        other.communicate()


@FILTERS
def test_priorities_of_all_processes_of_a_user(at_level: Engine, level: Level) -> None:
    """Nobody may name them; where users are others, they are one's own."""
    if level is Level.LANDLOCK:
        assert call(at_level, text("os.setpriority(os.PRIO_USER, 0, 19)")).error == REFUSED


OWN = {
    "limits": "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))",
    "limits by its own number": "import resource; resource.prlimit(os.getpid(), resource.RLIMIT_CPU)",
    "cores": "os.sched_setaffinity(0, os.sched_getaffinity(0))",
    "priority": "os.nice(1)",
    "copies": "import shutil, sys; shutil.copy(sys.executable, 'a'); shutil.copy2('a', 'b'); "
    "os.mkdir('d'); shutil.move('b', 'd/c'); shutil.copytree('d', 'e')",
    "temporary files": "import tempfile as t; t.NamedTemporaryFile().close(); t.TemporaryDirectory().cleanup()",
    "files of no length": "from pathlib import Path; Path('own').touch(); Path('own').touch(); os.stat('own')",
    "databases": "import sqlite3; sqlite3.connect('db').execute('pragma journal_mode=wal').connection.execute("
    "'create table t(x)').connection.commit()",
    "a fork server": "import multiprocessing; pool = multiprocessing.get_context('forkserver').Pool(1); "
    "pool.map(abs, [1]); pool.terminate()",
    "listeners": "from multiprocessing.connection import Listener; Listener(family='AF_UNIX').close()",
    "blocks and semaphores": "from multiprocessing import shared_memory as s, Semaphore; Semaphore(); "
    "b = s.SharedMemory(create=True, size=9); b.close(); b.unlink()",
    "threads and processes": "import threading, subprocess; subprocess.run(['true'], check=True); "
    "thread = threading.Thread(); thread.start(); thread.join(); os.waitpid(os.fork() or os._exit(0), 0)",
}


@pytest.mark.parametrize("what", OWN)
def test_what_is_its_own(at_level: Engine, what: str) -> None:
    """At every level."""
    assert call(at_level, text(OWN[what])).error == DONE


@pytest.mark.skipif(platform.system() != "Linux", reason="capabilities are a part of Linux")
def test_no_capabilities(at_level: Engine, level: Level) -> None:
    """Not even where the grader is root, and not in a program that it starts."""
    if level is not Level.PROCESS:
        nice = [sys.executable, "-c", "import os; os.nice(-1)"]
        looks = "return [open('/proc/self/status').read().count('CapEff:\\t0000000000000000'),"
        starts = f"__import__('subprocess').run({nice}, stderr=-3).returncode]"
        assert call(at_level, text(f"{looks} {starts}")).value == [1, 1]


# --- the disk ------------------------------------------------------------------------------------------------

FILLS = {
    "large files": "    for number in range(99):\n        with open(f'{number}', 'wb') as file:\n"
    "            os.posix_fallocate(file.fileno(), 0, 2**23)\n            time.sleep(0.02)\n",
    "many files": "    for number in range(40_000):\n        open(f'{number}', 'w').close()\n    time.sleep(9)\n",
    "folders": "    for number in range(40_000):\n        os.mkdir('d')\n        os.chdir('d')\n    time.sleep(9)\n",
}


@pytest.mark.parametrize("how", FILLS)
def test_the_disk(at_level: Engine, level: Level, how: str) -> None:
    """The kernel refuses more where the disk is the attempt's own; elsewhere the attempt is ended."""
    world = at_level.world()
    source = Source(f"import os, time\ndef work():\n{FILLS[how]}".encode())
    run = at_level.run(source, Invocation("work"), world, Watching(20.0, Limits(disk_mib=64, files=1000)))
    world.close()
    if level is Level.NAMESPACES:
        assert "No space left on device" in str(run.outcome)
    else:
        assert isinstance(run.outcome, Overrun)
        assert any(what in run.outcome.what for what in ("64 MiB", "1000 files"))


@needs(Level.NAMESPACES)
def test_shared_memory_has_a_size() -> None:
    """Of its own, and so many files."""
    engine = Engine(isolation=Isolation(level=Level.NAMESPACES))
    fills = "return [os.statvfs('/dev/shm').f_files, os.statvfs('/dev/shm').f_blocks * os.statvfs('/dev/shm').f_frsize]"
    assert call(engine, text(fills)).value == [4096, 512 * 2**20]
    engine.close()


# --- the filter ----------------------------------------------------------------------------------------------


def run_filter(program: list[seccomp.Instruction], machine: str, number: int | None, *arguments: int) -> int:
    """What a filter answers, as the kernel's own machine would find out."""
    assert number is not None
    words = {0: number, 4: seccomp._ARCHITECTURES[machine]} | {16 + 8 * at: value for at, value in enumerate(arguments)}
    place = value = 0
    while True:
        code, so, not_so, operand = program[place]
        place += 1
        if code == seccomp._LOAD:
            value = words.get(operand, 0)
        elif code == seccomp._RETURN:
            return operand
        else:
            holds = {
                seccomp._IF_EQUAL: value == operand, seccomp._IF_AT_LEAST: value >= operand,
                seccomp._IF_ANY_BIT: bool(value & operand),
            }[code]  # fmt: skip
            place += so if holds else not_so


@pytest.mark.parametrize("machine", [seccomp.X86_64, seccomp.ARM64])
def test_the_filter_on_each_machine(machine: str) -> None:
    """Each call of each table is refused, with its conditions; everything else is allowed."""
    column = [seccomp.X86_64, seccomp.ARM64].index(machine)
    program = seccomp._program(machine, own=77)
    always = seccomp.UNKNOWN | seccomp.REFUSED | seccomp.PRETENDED | seccomp.TIMES
    known = always | seccomp.NAMESPACES | seccomp.OF_OTHERS | seccomp.CORES | seccomp.PRIORITIES | seccomp.OPERATIONS
    for name in always:
        number = known[name][column]
        assert number is None or run_filter(program, machine, number) != seccomp._ALLOW
    for number in set(range(500)) - {both[column] for both in known.values()}:
        assert run_filter(program, machine, number) == seccomp._ALLOW
    for name, allowed in {
        "clone": (0x11,), "unshare": (0x200,), "prlimit64": (0,), "sched_setaffinity": (77,), "setpriority": (0, 0),
        "ioprio_set": (1, 77), "fcntl": (3, 1030), "ioctl": (3, 0x5421), "prctl": (15,),
    }.items():  # fmt: skip
        assert run_filter(program, machine, known[name][column], *allowed) == seccomp._ALLOW
    for name, refused in {
        "clone": (0x10000011,), "unshare": (0x80,), "prlimit64": (78,), "sched_setaffinity": (1,),
        "setpriority": (2, 0), "ioprio_set": (3, 0), "fcntl": (3, 1024), "ioctl": (3, 0x40086602), "prctl": (4,),
    }.items():  # fmt: skip
        assert run_filter(program, machine, known[name][column], *refused) != seccomp._ALLOW
    if machine == seccomp.X86_64:
        assert run_filter(program, machine, 0x40000000 + 39) != seccomp._ALLOW
