"""A control group for each call (cgroups(7), version 2), if the grader may make some: the kernel limits and counts.

It may if a part of the hierarchy was delegated to it: by `systemd-run --user --scope -p Delegate=yes`, to a service
with `Delegate=yes`, or in a container that may write to its own part. A group contains either processes or groups, so
the grader moves all processes of its part into one group, and makes the groups of calls beside it. (The rules:
systemd.io/CGROUP_DELEGATION.)
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
"""Of version 2. Systems that have version 1 as well count memory there."""
CONTROLLERS = ("memory", "pids")
HOW = "`systemd-run --user --scope -p Delegate=yes checker grade ...` does that"
GRADERS, CALL = "checker", "call"
"""Names of the group of the grader itself, and of the groups of its calls: call-PID-NUMBER, with the grader's id."""
ASK_S = 10.0
REMOVE_S, LOOK_S = 2.0, 0.002
"""A group cannot be removed before its killed processes are gone, which takes a moment."""


class Group(Account, Protocol):
    """Limits one call, and counts what it uses."""

    ends_all: bool
    """Whether `remove` also kills processes that fork faster than signals come."""

    def take(self, pid: int) -> None:
        """Move a process into it, with what it starts from now on. Raises OSError."""

    def remove(self) -> None:
        """Kill its processes, and remove it."""


class NoGroup:
    """Stands in where none can be made. Then only the observer's samples count and limit."""

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
    """A group whose limits the kernel enforces."""

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
    """The group in which groups can be made."""

    parent: Path | None
    why: str = ""
    """Why there is none."""


def new(limits: Limits) -> Group:
    """The group for one call. Raises OSError.

    The kernel counts files in memory as memory: those of the call's own folder, if that is in memory, and of /dev/shm.
    """
    found = place()
    if found.parent is None:
        return NoGroup()
    memory_mib = limits.memory_mib + limits.disk_mib + SHARED_MEMORY_MIB
    return ControlGroup(found.parent, memory_mib, limits.processes + limits.threads)


@cache
def place() -> Place:
    """Find the place, and prepare it: move the grader to a group of its own, and remove groups of dead graders."""
    return _place(MOUNT, Path("/proc/self/cgroup"))


def _place(mount: Path, membership: Path) -> Place:
    own = _own(mount, membership)
    if own is None:
        return Place(parent=None, why="this system has no control groups of version 2 alone")
    parent = own.parent if own.name == GRADERS else own
    may_write = os.access(parent / "cgroup.procs", os.W_OK)  # checked first, because asking systemd takes longer
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
    """Whether the group was delegated, by systemd's account. (Not every version marks the group itself for users.)"""
    manager = ["--user"] if any(each.name.startswith("user@") for each in group.parents) else []
    command = ["systemctl", *manager, "show", "--property=Delegate", "--value", group.name]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        answer = subprocess.run(command, capture_output=True, text=True, timeout=ASK_S)  # noqa: S603
        return answer.stdout.strip() == "yes"
    return False


def _make_room(parent: Path) -> None:
    """Move all processes out of the parent, so that it can limit groups in it. Raises OSError."""
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
    """Move processes until none is left: they may start others meanwhile. Raises OSError."""
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
    """A file with a name and a number in each line."""
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
    """What a process in a small group could still do, found out by trying; everything if there are no groups."""
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
