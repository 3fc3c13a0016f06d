"""Watches the locks that the learner's file makes: which thread holds or awaits which lock, and in what order.

A lock that is taken while another is held is an edge ("step") of the lock-order graph. A cycle in that graph is a
possible deadlock, even if it did not happen (Havelund, "Using Runtime Analysis to Guide Model Checking of Java
Programs", 2000). A cycle of threads that wait for each other is a deadlock that did happen.
"""

from __future__ import annotations

import contextlib
import itertools
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from os import getpid  # by its own name, as the next: an attempt may patch the modules
from time import perf_counter as now_s
from typing import Any, cast

from checker.attempt import named, still, wire
from checker.attempt.stacks import MAX_FRAMES, MAX_NAME, Stacks, name_of

CERTAIN_S = 1.0
"""A cycle of waiting threads must last so long before we examine whether it can ever end."""
MAX_STEPS = 1000
MAX_TIMES = 500
MAX_GATES = 20
"""Of a step's further held locks, those that were made first are kept."""


@dataclass(eq=False)
class Hold:
    """A lock that a thread holds."""

    lock: Lock
    line: int | None
    """The line that took it."""
    time: dict[str, Any]
    """The lock time as it is sent to the grader."""


@dataclass(eq=False)
class Thread:
    """What one thread does with watched locks."""

    number: int
    """Unique in this process. (Idents are used again.)"""
    holds: list[Hold] = field(default_factory=list)
    """In the order in which they were taken."""
    waits: Lock | None = None
    """The lock that it waits for without a timeout."""


class Locks:
    """The locks of one attempt. `tell` is called once, for a deadlock of this process, by a thread of its cycle."""

    def __init__(self, stacks: Stacks, tell: Callable[[], None]) -> None:
        self.steps: dict[tuple[Any, ...], dict[str, Any]] = {}
        """The steps of the lock-order graph, without repetitions."""
        self.times: list[dict[str, Any]] = []
        """Which thread wanted, took and released which lock, and when: the first MAX_TIMES."""
        self._stacks = stacks
        self._tell = tell
        self._reported = False
        self._pid = getpid()
        self._lock_numbers = itertools.count(1)
        self._thread_numbers = itertools.count(1)
        self._local = threading.local()
        self._threads: dict[int, Thread] = {}

    def told(self) -> dict[str, list[dict[str, Any]]]:
        """For the grader."""
        return {"locks": list(self.steps.values()), "lock_times": self.times}

    def watch(self) -> None:
        """Watch every Lock and RLock that the learner's file makes from now on. Other modules get the real ones."""
        threading.Lock = self._factory(threading.Lock, Lock)  # type: ignore[assignment]
        threading.RLock = self._factory(threading.RLock, RLock)  # type: ignore[assignment]
        self._stacks.locks_of = self._locks_of

    def thread(self) -> Thread:
        """The calling thread."""
        thread: Thread | None = getattr(self._local, "thread", None)
        if thread is None:
            thread = self._local.thread = Thread(next(self._thread_numbers))
            self._threads[threading.get_ident()] = thread
        return thread

    def wants(self, thread: Thread, lock: Lock, line: int | None) -> None:
        """Record that a thread is about to wait for a lock, without a timeout, while it holds others."""
        gates = sorted({hold.lock.number for hold in thread.holds})[: MAX_GATES + 1]
        for hold in thread.holds:
            other = hold.lock
            if other is lock:  # it waits for itself, or for another thread to release it: not a matter of order
                continue
            key = (other.number, lock.number, thread.number, *gates)
            if key not in self.steps and len(self.steps) < MAX_STEPS:
                self.steps[key] = {
                    "held": other.number, "held_line": hold.line, "wanted": lock.number, "wanted_line": line,
                    "thread": thread.number, "gates": [number for number in gates if number != other.number],
                }  # fmt: skip

    def wait(self, thread: Thread, lock: Lock) -> None:
        """Acquire the lock, and examine every CERTAIN_S whether that can ever succeed.

        A cycle of waiting threads is no proof: a thread outside may release one of the locks, because any thread may
        release a Lock. It is a deadlock if no other thread of the process can go on, either.
        """
        thread.waits = lock
        standing = None
        try:
            while not lock.inner.acquire(True, CERTAIN_S):
                if self._reported or self._pid != getpid() or not _waits_for_itself(thread):
                    continue  # of a copy of the process the call need not wait for ever: it may end it
                before, standing = standing, still.others(waits=__file__)
                if standing is not None and standing == before:
                    self._reported = True
                    self._tell()
        finally:
            thread.waits = None

    def hold(self, thread: Thread, lock: Lock, line: int | None, wanted_s: float) -> None:
        """Record that a thread has taken a lock. `wanted_s`: since when it wanted it (time.perf_counter)."""
        time = {
            "lock": lock.number, "who": wire.text(name_of(threading.current_thread()), MAX_NAME), "line": line,
            "wanted_s": wanted_s, "taken_s": now_s(), "free_s": None,
        }  # fmt: skip
        thread.holds.append(Hold(lock, line, time))
        if len(self.times) < MAX_TIMES:
            self.times.append(time)

    def line(self) -> int | None:
        """The line of the learner's file that the calling thread executes."""
        return self._stacks.caller_line()

    def _factory(self, make: Callable[[], Any], watched: type[Lock]) -> Callable[..., Any]:
        """A replacement for `make`: a class if that is one (Lock from 3.13 on), for annotations and isinstance."""

        def new(*_: type) -> Any:
            # Look at the module, not the code: the __init__ of a dataclass makes fields, but is in no file.
            if not named.is_loaded_here(sys._getframe(1).f_globals):
                return make()
            return watched(make(), self, next(self._lock_numbers))

        factory: Any = new
        if isinstance(make, type):
            asked = {"__call__": new, "__instancecheck__": lambda _, made: isinstance(made, (make, watched))}
            kind = type("type", (type,), asked | {"__module__": "builtins"})  # as Python's messages call it
            factory = kind("Lock", (), {})
        # Managers send it by name to a process that is started afresh, which finds the real one under that name.
        factory.__module__, factory.__name__, factory.__qualname__ = "threading", watched.__name__, watched.__name__
        return cast("Callable[..., Any]", factory)

    def _locks_of(self, ident: int) -> dict[str, Any]:
        """For `Stacks`: the locks that a thread holds, and the one that it waits for."""
        thread = self._threads.get(ident, Thread(0))
        wanted = thread.waits  # once: it may come to an end at any moment
        return {
            "holds": [{"lock": hold.lock.number, "line": hold.line} for hold in thread.holds[:MAX_FRAMES]],
            "wants": wanted.number if wanted is not None else None,
        }


def _waits_for_itself(first: Thread) -> bool:
    """Whether this thread is part of a cycle of waiting threads."""
    thread, seen = first, set()
    while thread not in seen:
        seen.add(thread)
        wanted = thread.waits  # each is asked for once: the other threads go on meanwhile
        holder = wanted.holder if wanted is not None else None
        if holder is None:
            return False
        thread = holder
    return thread is first


class Lock:
    """Replaces a threading.Lock of the learner's file."""

    def __init__(self, inner: Any, locks: Locks, number: int) -> None:
        self.inner = inner
        self.number = number
        self.holder: Thread | None = None
        self._locks = locks

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        thread, line, wanted_s = self._locks.thread(), self._locks.line(), now_s()
        patient = blocking and timeout == -1
        if patient and not self._again(thread):
            self._locks.wants(thread, self, line)
        if not patient:
            if not self.inner.acquire(blocking, timeout):  # it refuses impossible times, even if it is free
                return False
        elif not self.inner.acquire(False):
            self._locks.wait(thread, self)
        self.holder = thread
        self._locks.hold(thread, self, line, wanted_s)
        return True

    def release(self) -> None:
        self._forget()
        self.inner.release()

    def locked(self) -> bool:
        return self.holder is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _at_fork_reinit(self) -> None:
        """For `os.register_at_fork(after_in_child=...)`, as the standard library does it: free, whoever held it."""
        while self.holder is not None:
            self._forget()
        self.inner._at_fork_reinit()

    def _again(self, _: Thread) -> bool:
        """Whether this thread may take it once more, without waiting."""
        return False

    def _forget(self) -> None:
        """Record one release. (Any thread may release a Lock.)"""
        holds = self.holder.holds if self.holder is not None else []
        mine = [hold for hold in list(holds) if hold.lock is self]
        if mine:
            mine[-1].time["free_s"] = now_s()
            with contextlib.suppress(ValueError):  # not by its place: its holder may let go of another at this moment
                holds.remove(mine[-1])
        if len(mine) <= 1:
            self.holder = None


class RLock(Lock):
    """Replaces a threading.RLock of the learner's file. Conditions can use it, too."""

    def release(self) -> None:
        if self._is_owned():
            self._forget()
        self.inner.release()

    def _again(self, thread: Thread) -> bool:
        return self.holder is thread

    def _is_owned(self) -> bool:
        return bool(self.inner._is_owned())

    def _release_save(self) -> Any:
        times = 0
        while self.holder is self._locks.thread():
            self._forget()
            times += 1
        return times, self.inner._release_save()

    def _acquire_restore(self, state: Any) -> None:
        (times, inner), wanted_s = state, now_s()
        self.inner._acquire_restore(inner)
        self.holder = self._locks.thread()
        for _ in range(times):  # it is held as often as before, and must be released as often
            self._locks.hold(self.holder, self, self._locks.line(), wanted_s)
