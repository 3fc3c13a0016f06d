"""One keeper per call: it owns the attempt's process and every process that one starts, however detached.

On Linux it is a *child subreaper* (prctl(2)), so that a daemonised grandchild becomes its child instead of
init's. On the lifeline it tells the id of the attempt's process, its own, and whether the interpreter has a GIL
(it never runs code of an attempt, so that is true). Later it tells how the attempt's process ended.
When the grader closes the lifeline, or dies, the keeper kills all its descendants and ends: first by what no process
outruns, where there is such a thing, then one by one, and not for ever.
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

from checker.attempt import descendants, gil, landlock, libc, namespaces, serve

DESCRIPTORS = ("lifeline", "connection", "stacks", "stdin", "stdout", "stderr")
"""What a job's file descriptors are, in order."""

PR_SET_CHILD_SUBREAPER = 36
NUMBER_BYTES = 8
TRACKER = b"multiprocessing.resource_tracker"
TIDY_UP_LOOKS, LOOK_S = 200, 0.005
"""Looks are counted, and not seconds: in a second in which the machine stood still nobody could tidy up."""
FREEZE_S, KILL_S, DYING_S = 1.0, 5.0, 0.0005
FREEZE_SCANS = 20
"""Who had no core for that second has not been outrun: as many scans, at least, have found somebody new by then."""
MOST_NEWS = 300
"""Scans that find somebody new, after all were stopped: a process that lives for 30 us, and has a child by then, is
gone when its signal comes, and so is the next. Nobody waits for that without an end."""
OUTRUN = b"outrun  "
"""On the lifeline, as the last: something lives on."""
AT_A_TIME = 1000
"""Ends of children that are taken before something else has its turn."""


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
        is_walled = _wall_in(job)
        child = os.fork()
        if child == 0:
            os.close(lifeline)
            serve.run(job, *others)
        for descriptor in others:
            os.close(descriptor)
        with socket.socket(fileno=lifeline) as connection:  # open until nothing is left: the grader waits for that
            for number in (child, os.getpid(), gil.is_on()):
                connection.sendall(_told(number))
            is_there = _watch(child, connection)
            if not _apart(job):
                _let_trackers_tidy_up()
            elif is_there:
                os.kill(child, signal.SIGKILL)  # process 1 of its namespace: the kernel ends all others with it
            if is_walled:
                _kill_within()
            if not kill_descendants():
                connection.sendall(OUTRUN)
    finally:
        os._exit(0)


def _apart(job: dict[str, Any]) -> bool:
    return job["sandbox"] is not None and job["sandbox"]["apart"]


def _wall_in(job: dict[str, Any]) -> bool:
    """Go where what is started can be ended all at once; whether that is by signals that reach nobody else."""
    if _apart(job):
        namespaces.enter()
        return False
    return job["sandbox"] is not None and landlock.keep_signals_in()


def _kill_within() -> None:
    """Everybody whom this process can signal, at once: no fork outruns that, the kernel lets none happen meanwhile.

    Who started this process is outside; if that can be signalled, there is no wall.
    """
    try:
        os.kill(os.getppid(), 0)
    except PermissionError:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(-1, signal.SIGKILL)


def _let_trackers_tidy_up() -> None:
    """Semaphores of multiprocessing stay in /dev/shm until its resource tracker removes them: when all others are dead.

    What only calls itself so lives that much longer, and is killed then.
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
    """By its command line. (Linux)"""
    with contextlib.suppress(OSError):
        return TRACKER in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _watch(child: int, lifeline: socket.socket) -> bool:
    """Reap children until the grader closes the lifeline; tell it when the attempt's own process ends.

    Whether that is still there, and its number its own.
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
    """A number on the lifeline."""
    return str(int(number)).ljust(NUMBER_BYTES).encode()


def _ended_children() -> list[tuple[int, int]]:
    ended: list[tuple[int, int]] = []
    with contextlib.suppress(ChildProcessError):
        while len(ended) < AT_A_TIME and (child := os.waitpid(-1, os.WNOHANG))[0]:
            ended.append(child)
    return ended


def kill_descendants() -> bool:
    """SIGKILL everything below this process, until nothing is left. False: it is outrun, and something lives on."""
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
            time.sleep(DYING_S)  # that takes a moment
    return True


def _has_children() -> bool:
    """As the kernel knows it: a scan misses who comes and goes while it reads."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def take_down(root: int) -> bool:
    """Kill a process with everything below it, whatever that does meanwhile, and also if it has been stopped.

    Whether that is all: False when it was outrun, and something may live on. Raises ValueError for a number that
    kill(2) takes for more than one process, and for the first process of all.
    """
    if root <= 1:
        raise ValueError(root)
    _signal_all([root], signal.SIGSTOP)
    below, is_all = _freeze(root)
    _signal_all({root, *below}, signal.SIGKILL)
    return is_all


def _freeze(root: int) -> tuple[set[int], bool]:
    """Stop everything below a process, so that what forks in a loop cannot outrun the scan; whether that is all."""
    stopped: set[int] = set()
    until_s, scans = time.monotonic() + FREEZE_S, 0
    while fresh := set(descendants.below(root)) - stopped:
        _signal_all(fresh, signal.SIGSTOP)
        stopped |= fresh
        scans += 1
        if scans > FREEZE_SCANS and time.monotonic() > until_s:
            return stopped, False
    return stopped, True


def _signal_all(pids: Any, number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
