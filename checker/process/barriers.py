"""What attempts cannot do on this machine, found out by trying each thing."""

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
"""The words of the self-tests for what an isolated process must not do."""
AT_ONCE = (control_group.MEMORY, control_group.TASKS)


class Barrier(Record):
    """One thing that an attempt may not do."""

    what: str
    by: str
    """What prevents it."""
    from_level: Level | None
    """The weakest level of isolation that prevents it here; None: nothing does."""


def tried() -> list[Barrier]:
    """Try all of them. Takes as long as a few starts of an interpreter."""
    best = isolation.best().level
    possible = {
        *(_escapes(landlock.__name__, FILES + SIGNALS) if best.reaches(Level.LANDLOCK) else ()),
        *(SIGNALS if landlock.abi() < landlock.SIGNALS_ABI else ()),  # the self-test does not try them there
        *(_escapes(seccomp.__name__, CALLS) if seccomp.available() else CALLS),
        *(_escapes(namespaces.__name__, APART) if best.reaches(Level.NAMESPACES) else ()),
        *control_group.escapes(),
    }
    kinds = (
        ("Landlock", Level.LANDLOCK, FILES + SIGNALS),
        ("a filter of system calls", Level.LANDLOCK, CALLS),
        ("namespaces", Level.NAMESPACES, APART),
        ("a control group", Level.PROCESS, AT_ONCE),
    )
    return [
        Barrier(what=what, by=by, from_level=level if best.reaches(level) and what not in possible else None)
        for by, level, names in kinds
        for what in names
    ]


def _escapes(module: str, names: tuple[str, ...]) -> list[str]:
    """What the module's self-test could still do; all of `names`, too, if the test itself did not work."""
    found = isolation.escapes(module)
    return found if {*FILES, *SIGNALS, *CALLS, *APART}.issuperset(found) else [*found, *names]


def summary(found: Isolation) -> str:
    """The level that `checker grade` uses here, and why not a better one."""
    not_better = f" Not better, because {found.why}." if found.why else ""
    why = control_group.place().why
    only_counted = f" Memory and processes are counted, and not limited by the kernel: {why}." if why else ""
    return f"Attempts are isolated by {found.level}.{not_better}{only_counted}"
