"""A control group for each call (cgroups(7), version 2), where the grader may make some: what the kernel counts itself.

It may where a part of the hierarchy was handed over to it ("delegated"): by `systemd-run --user --scope -p
Delegate=yes`, to a service with `Delegate=yes`, or in a container that may write to its own part. A group has
processes or groups in it, never both: the grader moves what is in its part into one, and makes those of calls beside.
(The rules between programs: systemd.io/CGROUP_DELEGATION.)
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Protocol

import psutil

from checker.attempt.namespaces import SHARED_MEMORY_MIB
from checker.model.limits import MIB, Limits
from checker.model.record import Record
from checker.observe.observer import Account

MOUNT = Path("/sys/fs/cgroup")
"""Of version 2, where a system has only that: elsewhere memory is not counted by it."""
CONTROLLERS = ("memory", "pids")
HOW = "`systemd-run --user --scope -p Delegate=yes checker grade ...` does that"
GRADERS, CALL = "checker", "call"
"""Names of the group of the grader itself, and of those of calls: call-PID-NUMBER, by its process."""
ASK_S = 10.0
REMOVE_S, LOOK_S = 2.0, 0.002
"""Dying takes a moment: a group with processes in it cannot be removed."""


class Group(Account, Protocol):
    """What keeps one call small, and counts what it uses."""

    ends_all: bool
    """Whether `remove` ends what no signal would reach in time."""

    def take(self, pid: int) -> None:
        """From now on this process is in it, with what it starts. Raises OSError."""

    def remove(self) -> None:
        """Kill what is in it, and remove it."""


class NoGroup:
    """Where none can be made: the grader looks now and then, and that is all."""

    ends_all = False

    def take(self, pid: int) -> None:
        """Nothing to do."""

    def cpu_s(self) -> float | None:
        return None

    def exceeded(self) -> str:
        return ""

    def remove(self) -> None:
        """Nothing to do."""


class ControlGroup:
    """One that the kernel enforces."""

    ends_all = True

    def __init__(self, parent: Path, memory_mib: int, tasks: int) -> None:
        """`tasks`: processes and threads together. Raises OSError."""
        self._memory_mib, self._tasks = memory_mib, tasks
        self._folder = parent / f"{CALL}-{os.getpid()}-{next(_numbers)}"
        self._folder.mkdir()
        try:
            self._limit()
        except OSError:
            self.remove()
            raise

    def _limit(self) -> None:
        settings = {
            "memory.max": self._memory_mib * MIB, "memory.swap.max": 0, "memory.oom.group": 1, "pids.max": self._tasks,
        }  # fmt: skip
        for name, value in settings.items():
            with contextlib.suppress(FileNotFoundError):  # a machine without swap has no limit on it
                (self._folder / name).write_text(str(value))

    def take(self, pid: int) -> None:
        (self._folder / "cgroup.procs").write_text(str(pid))

    def cpu_s(self) -> float:
        return _table(self._folder / "cpu.stat")["usage_usec"] / 1e6

    def exceeded(self) -> str:
        if _table(self._folder / "memory.events")["oom_kill"]:
            return f"more than {self._memory_mib} MiB of memory, with the files that are in memory"
        if _table(self._folder / "pids.events")["max"]:
            return f"more than {self._tasks} processes and threads"
        return ""

    def remove(self) -> None:
        with contextlib.suppress(FileNotFoundError):  # cgroup.kill came with Linux 5.14
            (self._folder / "cgroup.kill").write_text("1")
        until_s = time.monotonic() + REMOVE_S
        while not _is_removed(self._folder) and time.monotonic() < until_s:
            time.sleep(LOOK_S)


_numbers = count(1)


class Place(Record):
    """Where groups can be made."""

    parent: Path | None
    why: str = ""
    """Why there is none."""


def new(limits: Limits) -> Group:
    """For one call. Raises OSError.

    Files in memory count as memory there: those of its own folder, where that is in memory, and of /dev/shm.
    """
    found = place()
    if found.parent is None:
        return NoGroup()
    memory_mib = limits.memory_mib + limits.disk_mib + SHARED_MEMORY_MIB
    return ControlGroup(found.parent, memory_mib, limits.processes + limits.threads)


@cache
def place() -> Place:
    """As found out by making it ready: the grader moves, and groups of graders that live no more are removed."""
    return _place(MOUNT, Path("/proc/self/cgroup"))


def _place(mount: Path, membership: Path) -> Place:
    own = _own(mount, membership)
    if own is None:
        return Place(parent=None, why="this system has no control groups of version 2 alone")
    parent = own.parent if own.name == GRADERS else own
    may_write = os.access(parent / "cgroup.procs", os.W_OK)  # asked first: to ask systemd takes longer
    if not may_write or not (parent == mount or _is_handed_over(parent)):
        return Place(parent=None, why=f"no control group was handed over to this program: {HOW}")
    offered = (parent / "cgroup.controllers").read_text().split()
    if missing := [name for name in CONTROLLERS if name not in offered]:
        return Place(parent=None, why=f"the control group has no controller for {' and '.join(missing)}")
    try:
        _make_room(parent)
    except OSError as error:
        return Place(parent=None, why=f"the control group cannot be used: {error}")
    return Place(parent=parent)


def _own(mount: Path, membership: Path) -> Path | None:
    """This process's group."""
    if (mount / "cgroup.controllers").exists():
        for line in membership.read_text().splitlines():
            if line.startswith("0::/"):
                return mount / line.removeprefix("0::/")
    return None


def _is_handed_over(group: Path) -> bool:
    """By what systemd says of the unit. (It marks the group as well, but not each version for users to read.)"""
    manager = ["--user"] if any(each.name.startswith("user@") for each in group.parents) else []
    command = ["systemctl", *manager, "show", "--property=Delegate", "--value", group.name]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        answer = subprocess.run(command, capture_output=True, text=True, timeout=ASK_S)  # noqa: S603
        return answer.stdout.strip() == "yes"
    return False


def _make_room(parent: Path) -> None:
    """Everybody out of the parent, so that it can limit groups in it. Raises OSError."""
    for left in parent.glob(f"{CALL}-*-*"):
        if not psutil.pid_exists(int(left.name.split("-")[1])):
            _is_removed(left)
    wanted = " ".join(f"+{name}" for name in CONTROLLERS)
    try:
        (parent / "cgroup.subtree_control").write_text(wanted)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        _move(parent, parent / GRADERS)
        (parent / "cgroup.subtree_control").write_text(wanted)


def _move(parent: Path, graders: Path) -> None:
    """Until nobody is left: some may have started others meanwhile. Raises OSError."""
    graders.mkdir(exist_ok=True)
    while pids := (parent / "cgroup.procs").read_text().split():
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                (graders / "cgroup.procs").write_text(pid)


def _is_removed(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _table(file: Path) -> dict[str, int]:
    """Lines of a name and a number."""
    return {name: int(number) for name, number in map(str.split, file.read_text().splitlines())}


# --- the self-test -----------------------------------------------------------------------------------

MEMORY, TASKS = "take too much memory at once", "start too many processes at once"
_TRIAL = """
import sys, threading, time
sys.stdin.readline()
try:
    for _ in range(8):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
except RuntimeError:
    print("few", flush=True)
b"x" * 2**26
"""


def escapes() -> list[str]:
    """What a process in a small group could still do, as found out by trying; all of it where there is none."""
    found = place()
    if found.parent is None:
        return [MEMORY, TASKS]
    command = [sys.executable, "-S", "-c", _TRIAL]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        group = ControlGroup(found.parent, memory_mib=32, tasks=4)
        group.take(process.pid)
        said, _ = process.communicate("go\n")
        group.remove()
    was_killed = process.returncode == -signal.SIGKILL
    return [*([] if was_killed else [MEMORY]), *([] if "few" in said else [TASKS])]
