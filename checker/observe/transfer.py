"""How many bytes went from process to process, by the kernel's own account of reads and writes (Linux, proc_pid_io(5)).

What goes through a pipe is written by one process and read by another; so does a file that one writes and another
reads. What lies in shared memory, or in a file that is mapped, is not read, and counts for nothing. What is sent and
received through a socket (`send`, `recv`), or moved by `splice`, is in no account of the kernel's: it is not seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from checker.attempt.descendants import below
from checker.observe import helpers

MOST_LOOKS = 50
"""A process that has read or written between every two of so many looks only pretends to be a helper."""


class Transfer(NamedTuple):
    """Bytes that processes have read and written so far."""

    read: int
    written: int
    hidden: int = 0
    """Further processes, whose accounts may not be read."""


class Crossed(NamedTuple):
    """What went from process to process."""

    most_bytes: int | None = None
    """An upper bound, but for what is hidden; None where the system does not tell."""
    hidden: bool = False


def so_far(keeper: int) -> Transfer | None:
    """By the keeper and all processes below it; None where the system does not tell, not even of the keeper.

    What a process that ended had read and written is its parent's from the moment that it was waited for. Of the
    standard library's helpers, which read megabytes of modules while they start, only that counts: from CPython 3.14
    on, the workers of a pool are children of a fork server.
    """
    alive = below(keeper)
    helping = helpers.among(alive)
    own = _of(keeper, helps=False)
    if own is None or own.hidden:
        return None
    found = [own, *filter(None, (_of(pid, helps=pid in helping) for pid in alive))]
    return Transfer(*map(sum, zip(*found, strict=True)))


def since(before: Transfer | None, keeper: int) -> Crossed:
    """What was written and read again since then."""
    now = so_far(keeper) if before is not None else None
    if before is None or now is None:
        return Crossed()
    most_bytes = max(0, min(now.read - before.read, now.written - before.written))
    return Crossed(most_bytes, hidden=before.hidden + now.hidden > 0)


def _of(pid: int, helps: bool) -> Transfer | None:
    """What a process and its ended children have read and written; of one that helps, its ended children only.

    None when it is gone. One that cannot be dumped is hidden (proc_pid_io(5), ptrace(2)): it has asked for that, or it
    runs a program that its user may not read.
    """
    try:
        return inherited(pid) if helps else _read(Path(f"/proc/{pid}/io"))
    except PermissionError:
        return Transfer(0, 0, hidden=1)
    except OSError:
        return None


def inherited(pid: int) -> Transfer:
    """What the ended children of a helper have read and written: the whole account, less the process's own.

    Both are read until nothing came between, since it may just be starting. A helper has one thread, and a thread's own
    account has nothing of children. Raises OSError when it is gone.
    """
    account, own_account = Path(f"/proc/{pid}/io"), Path(f"/proc/{pid}/task/{pid}/io")
    own = _read(own_account)
    for _ in range(MOST_LOOKS):
        whole, before, own = _read(account), own, _read(own_account)
        if own == before:
            return Transfer(whole.read - own.read, whole.written - own.written)
    return whole


def _read(account: Path) -> Transfer:
    told = dict(line.split(b": ") for line in account.read_bytes().splitlines())
    return Transfer(int(told[b"rchar"]), int(told[b"wchar"]))
