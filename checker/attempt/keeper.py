"""One keeper per call: the ancestor of the attempt's process and of every process that this starts, however detached.

On Linux it is a *child subreaper* (prctl(2)): a daemonised grandchild becomes its child, not init's. On the lifeline it
sends the id of the attempt's process, its own id, and whether the interpreter has a GIL (it never runs an attempt's
code, so this can be trusted). Later it sends how the attempt's process ended. When the grader closes the lifeline, or
dies, the keeper kills all its descendants and ends: first all at once, where the system can do that so that no process
escapes by forking, then one by one, for a limited time.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, NoReturn

from checker.attempt import descendants, gil, landlock, libc, namespaces, serve

DESCRIPTORS = ("lifeline", "connection", "stacks", "stdin", "stdout", "stderr")
"""The file descriptors of a job, in order."""

PR_SET_CHILD_SUBREAPER = 36
NUMBER_BYTES = 8
TRACKER = b"multiprocessing.resource_tracker"
TIDY_UP_LOOKS, LOOK_S = 200, 0.005
"""Looks are counted, not seconds: no tracker can tidy up while the machine stands still."""
FREEZE_S, KILL_S, DYING_S = 1.0, 5.0, 0.0005
FREEZE_SCANS = 20
"""So many scans, at least, must find new processes before we give up: in that second we may have had no core."""
MOST_NEWS = 300
"""Scans that may find new processes after all were stopped. A process that forks and ends within 30 us is gone when its
signal comes, and so is its child: without a limit this would never end."""
OUTRUN = b"outrun  "
"""The last message on the lifeline, if something could not be killed."""
AT_A_TIME = 1000
"""Ended children that are reaped before the lifeline is looked at again."""


def adopt_orphans() -> None:
    """Become the parent of all descendants whose parent ends. Only Linux offers this."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            libc.call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def keep(job: dict[str, Any], lifeline: int, *others: int) -> NoReturn:
    """Start the attempt's process, report its exit on the lifeline, and kill everything when the lifeline closes."""
    try:
        os.setsid()
        adopt_orphans()
        signal.signal(signal.SIGCHLD, lambda *_: None)  # replaces the server's handler before there is a child
        are_signals_confined = _confine(job)
        child = os.fork()
        if child == 0:
            os.close(lifeline)
            serve.run(job, *others)
        for descriptor in others:
            os.close(descriptor)
        with socket.socket(fileno=lifeline) as connection:  # closed when nothing is left: the grader waits for that
            for number in (child, os.getpid(), gil.is_on()):
                connection.sendall(_told(number))
            is_there = _watch(child, connection)
            if not _apart(job):
                _let_trackers_tidy_up()
            elif is_there:
                os.kill(child, signal.SIGKILL)  # process 1 of its namespace: the kernel kills all others with it
            if are_signals_confined:
                _kill_within()
            if not kill_descendants():
                connection.sendall(OUTRUN)
    finally:
        os._exit(0)


def _apart(job: dict[str, Any]) -> bool:
    return job["sandbox"] is not None and job["sandbox"]["apart"]


def _confine(job: dict[str, Any]) -> bool:
    """Make it possible to kill all descendants at once. True: by a signal, because ours reach no other process now."""
    if _apart(job):
        namespaces.enter()
        return False
    return job["sandbox"] is not None and landlock.keep_signals_in()


def _kill_within() -> None:
    """Kill every process that this one can signal, at once: the kernel lets no fork happen meanwhile.

    Do nothing if our parent can be signalled: then signals are not confined.
    """
    try:
        os.kill(os.getppid(), 0)
    except PermissionError:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(-1, signal.SIGKILL)


def _let_trackers_tidy_up() -> None:
    """Kill all but multiprocessing's resource trackers, which then remove semaphores from /dev/shm, and wait for them.

    A process that only pretends to be a tracker lives so much longer, and is killed later.
    """
    below, is_all = _freeze(os.getpid())
    trackers = {pid for pid in below if _is_tracker(pid)}
    if not trackers or not is_all:
        return
    _signal_all(below - trackers, signal.SIGKILL)
    _signal_all(trackers, signal.SIGCONT)
    for _ in range(TIDY_UP_LOOKS):
        if not trackers.intersection(descendants.below(os.getpid())):
            break
        _ended_children()
        time.sleep(LOOK_S)


def _is_tracker(pid: int) -> bool:
    """By its command line. Linux only."""
    with contextlib.suppress(OSError):
        return TRACKER in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _watch(child: int, lifeline: socket.socket) -> bool:
    """Reap children until the grader closes the lifeline; report on it when the attempt's own process ends.

    Returns whether the attempt's process has not been reaped yet, so that `child` is still its id.
    """
    is_there = True
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    while True:
        ended = _ended_children()
        for pid, status in ended:
            if pid == child and is_there:
                is_there = False
                with contextlib.suppress(OSError):
                    lifeline.sendall(_told(os.waitstatus_to_exitcode(status)))
        ready = wait([lifeline, woken], 0 if len(ended) == AT_A_TIME else None)
        if lifeline in ready:
            return is_there
        if woken in ready:
            os.read(woken, 4096)


def _told(number: int) -> bytes:
    """A number as it is sent on the lifeline."""
    return str(int(number)).ljust(NUMBER_BYTES).encode()


def _ended_children() -> list[tuple[int, int]]:
    ended: list[tuple[int, int]] = []
    with contextlib.suppress(ChildProcessError):
        while len(ended) < AT_A_TIME and (child := os.waitpid(-1, os.WNOHANG))[0]:
            ended.append(child)
    return ended


def kill_descendants() -> bool:
    """SIGKILL everything below this process, until nothing is left. False: it was outrun, and something lives on."""
    known, _ = _freeze(os.getpid())
    news, until_s = 0, time.monotonic() + KILL_S
    while _has_children() and time.monotonic() < until_s:
        below = set(descendants.below(os.getpid()))
        _signal_all(below, signal.SIGKILL)
        news += not below <= known
        known |= below
        if news > MOST_NEWS:
            return False
        if not _ended_children():
            time.sleep(DYING_S)
    return True


def _has_children() -> bool:
    """Ask the kernel: a scan misses processes that start and end while it reads."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def take_down(root: int) -> bool:
    """Kill a process with everything below it, whatever that does meanwhile, and even if it was stopped before.

    False: it was outrun, and something may live on. Raises ValueError for ids that kill(2) takes for several processes,
    and for process 1.
    """
    if root <= 1:
        raise ValueError(root)
    _signal_all([root], signal.SIGSTOP)
    below, is_all = _freeze(root)
    _signal_all({root, *below}, signal.SIGKILL)
    return is_all


def _freeze(root: int) -> tuple[set[int], bool]:
    """Stop everything below a process, so that a loop of forks cannot outrun the scan. Returns these processes, and
    whether they are all."""
    stopped: set[int] = set()
    until_s, scans = time.monotonic() + FREEZE_S, 0
    while fresh := set(descendants.below(root)) - stopped:
        _signal_all(fresh, signal.SIGSTOP)
        stopped |= fresh
        scans += 1
        if scans > FREEZE_SCANS and time.monotonic() > until_s:
            return stopped, False
    return stopped, True


def _signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
