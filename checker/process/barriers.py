"""What keeps attempts in on this machine, one by one, as found out by trying."""

from __future__ import annotations

from checker.attempt import landlock, namespaces, seccomp
from checker.model.record import Record
from checker.process import control_group, isolation
from checker.process.isolation import Isolation, Level

FILES = ("read other files", "write other files", "connect to other ports", "look into other processes")
SIGNALS = ("signal other processes",)
CALLS = (
    "hold memory that nobody maps", "make shared memory of System V", "keep keys", "use io_uring", "trace",
    "make namespaces", "change attributes of files", "hold up who opens a file", "hide what it reads and writes",
    "limit other processes", "change the priority of other processes",
)  # fmt: skip
APART = (
    "see other processes", "see others' shared memory", "see other networks", "keep capabilities", "fill the disk",
    "make any number of files",
)  # fmt: skip
"""The words of the self-tests: what a process that is shut in could still do."""
AT_ONCE = (control_group.MEMORY, control_group.TASKS)


class Barrier(Record):
    """One thing that an attempt may not do, and the weakest level at which it was tried in vain here."""

    what: str
    by: str
    """What keeps it from that."""
    from_level: Level | None
    """None: nothing does."""


def tried() -> list[Barrier]:
    """All of them. Takes as long as a few starts of an interpreter."""
    best = isolation.best().level
    by_landlock = set(isolation.escapes(landlock.__name__)) if best.reaches(Level.LANDLOCK) else set(FILES + SIGNALS)
    by_filter = set(isolation.escapes(seccomp.__name__)) if seccomp.available() else set(CALLS)
    by_namespaces = set(isolation.escapes(namespaces.__name__)) if best.reaches(Level.NAMESPACES) else set(APART)
    by_groups = set(control_group.escapes())
    signals = landlock.abi() >= landlock.SIGNALS_ABI
    return [
        *(_barrier(what, "Landlock", Level.LANDLOCK, best, what not in by_landlock) for what in FILES),
        *(_barrier(what, "Landlock", Level.LANDLOCK, best, signals and what not in by_landlock) for what in SIGNALS),
        *(_barrier(what, "a filter of system calls", Level.LANDLOCK, best, what not in by_filter) for what in CALLS),
        *(_barrier(what, "namespaces", Level.NAMESPACES, best, what not in by_namespaces) for what in APART),
        *(_barrier(what, "a control group", Level.PROCESS, best, what not in by_groups) for what in AT_ONCE),
    ]


def _barrier(what: str, by: str, level: Level, best: Level, holds: bool) -> Barrier:
    return Barrier(what=what, by=by, from_level=level if holds and best.reaches(level) else None)


def summary(found: Isolation) -> str:
    """The level that `checker grade` takes here, and why it is not a better one."""
    not_better = f" Not better, because {found.why}." if found.why else ""
    why = control_group.place().why
    only_counted = f" Memory and processes are counted, and not limited by the kernel: {why}." if why else ""
    return f"Attempts are isolated by {found.level}.{not_better}{only_counted}"
