"""One keeper per call: it owns the attempt's process and every process that one starts, however detached.

On Linux it is a *child subreaper* (prctl(2)), so that a daemonised grandchild becomes its child instead of
init's. On the lifeline it tells the id of the attempt's process, its own, and whether the interpreter has a GIL
(it never runs code of an attempt, so that is true). Later it tells how the attempt's process ended.
When the grader closes the lifeline, or dies, the keeper kills all its descendants and ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, NoReturn

from checker.attempt import descendants, gil, libc, namespaces, serve

DESCRIPTORS = ("lifeline", "connection", "stacks", "stdin", "stdout", "stderr")
"""What a job's file descriptors are, in order."""

PR_SET_CHILD_SUBREAPER = 36
NUMBER_BYTES = 8
TRACKER = b"multiprocessing.resource_tracker"
TIDY_UP_S, LOOK_S = 1.0, 0.005


def adopt_orphans() -> None:
    """Become the parent of all descendants whose own parent ends. Only Linux offers this."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            libc.call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def keep(job: dict[str, Any], lifeline: int, *others: int) -> NoReturn:
    """Start the attempt's process, report its exit on the lifeline, kill everything when that closes."""
    try:
        os.setsid()
        adopt_orphans()
        signal.signal(signal.SIGCHLD, lambda *_: None)  # before there is a child: the server's handler reaps
        if _apart(job):
            namespaces.enter()
        child = os.fork()
        if child == 0:
            os.close(lifeline)
            serve.run(job, *others)
        for descriptor in others:
            os.close(descriptor)
        with socket.socket(fileno=lifeline) as connection:  # open until nothing is left: the grader waits for that
            for number in (child, os.getpid(), gil.is_on()):
                connection.sendall(_told(number))
            _watch(child, connection)
            if not _apart(job):
                _let_trackers_tidy_up()
            kill_descendants()
    finally:
        os._exit(0)


def _apart(job: dict[str, Any]) -> bool:
    return job["sandbox"] is not None and job["sandbox"]["apart"]


def _let_trackers_tidy_up() -> None:
    """Semaphores of multiprocessing stay in /dev/shm until its resource tracker removes them: when all others are dead.

    What only calls itself so lives that much longer, and is killed then.
    """
    below = _freeze(os.getpid())
    trackers = {pid for pid in below if _is_tracker(pid)}
    if not trackers:
        return
    _signal_all(below - trackers, signal.SIGKILL)
    _signal_all(trackers, signal.SIGCONT)
    deadline_s = time.monotonic() + TIDY_UP_S
    while trackers.intersection(descendants.below(os.getpid())) and time.monotonic() < deadline_s:
        _ended_children()
        time.sleep(LOOK_S)


def _is_tracker(pid: int) -> bool:
    """By its command line. (Linux)"""
    with contextlib.suppress(OSError):
        return TRACKER in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _watch(child: int, lifeline: socket.socket) -> None:
    """Reap children until the grader closes the lifeline; tell it when the attempt's own process ends."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    while True:
        for pid, status in _ended_children():
            if pid == child:
                with contextlib.suppress(OSError):
                    lifeline.sendall(_told(os.waitstatus_to_exitcode(status)))
        if lifeline in wait([lifeline, woken]):
            return
        os.read(woken, 4096)


def _told(number: int) -> bytes:
    """A number on the lifeline."""
    return str(int(number)).ljust(NUMBER_BYTES).encode()


def _ended_children() -> list[tuple[int, int]]:
    ended = []
    with contextlib.suppress(ChildProcessError):
        while (child := os.waitpid(-1, os.WNOHANG))[0]:
            ended.append(child)
    return ended


def kill_descendants() -> None:
    """SIGKILL everything below this process, until nothing is left."""
    _freeze(os.getpid())
    while remaining := descendants.below(os.getpid()):
        _signal_all(remaining, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)  # dying takes a moment
        _ended_children()


def take_down(root: int) -> None:
    """Kill a process with everything below it, whatever that does meanwhile, and also if it has been stopped.

    Raises ValueError for a number that kill(2) takes for more than one process, and for the first process of all.
    """
    if root <= 1:
        raise ValueError(root)
    _signal_all([root], signal.SIGSTOP)
    _signal_all({root, *_freeze(root)}, signal.SIGKILL)


def _freeze(root: int) -> set[int]:
    """Stop everything below a process, so that what forks in a loop cannot outrun the scan."""
    stopped: set[int] = set()
    while fresh := set(descendants.below(root)) - stopped:
        _signal_all(fresh, signal.SIGSTOP)
        stopped |= fresh
    return stopped


def _signal_all(pids: Any, number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
