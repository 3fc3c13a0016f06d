"""Watches the locks that the learner's file makes: who holds which, who waits for which, and in what order.

A lock that is taken while another is held is a step of the lock-order graph; a circle in that graph is a deadlock that
may happen, whether or not it does (Havelund, "Using Runtime Analysis to Guide Model Checking of Java Programs",
2000). A circle of threads that wait for each other is one that has happened.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter as now_s  # by its own name: an attempt may patch the module
from typing import Any, cast

from checker.attempt import named, still
from checker.attempt.stacks import MAX_NAME, Stacks

CERTAIN_S = 1.0
"""So long has a circle of waiting threads to stay, before it is looked at whether it stays for ever."""
MAX_STEPS = 1000
MAX_TIMES = 500
MAX_GATES = 20
"""Of further locks that a thread holds, the first made are told."""


@dataclass(eq=False)
class Hold:
    """A thread has a lock."""

    lock: Lock
    line: int | None
    """That took it."""
    time: dict[str, Any]
    """As it is told to the grader."""


@dataclass(eq=False)
class Thread:
    """What one thread does with watched locks."""

    number: int
    """No other thread of this process ever gets it; idents are used again."""
    holds: list[Hold] = field(default_factory=list)
    """In the order of taking."""
    waits: Lock | None = None
    """What it waits for, without a time limit."""


class Locks:
    """The locks of one attempt. `tell` is called, once and from the thread that closes the circle, for a deadlock."""

    def __init__(self, stacks: Stacks, tell: Callable[[], None]) -> None:
        self.steps: dict[tuple[Any, ...], dict[str, Any]] = {}
        """Each step of the lock-order graph, once."""
        self.times: list[dict[str, Any]] = []
        """Who had which lock, from when until when, and since when it had waited for it: the first MAX_TIMES."""
        self._stacks = stacks
        self._tell = tell
        self._reported = False
        self._lock_numbers = itertools.count(1)
        self._thread_numbers = itertools.count(1)
        self._local = threading.local()
        self._threads: dict[int, Thread] = {}

    def told(self) -> dict[str, list[dict[str, Any]]]:
        """For the grader."""
        return {"locks": list(self.steps.values()), "lock_times": self.times}

    def watch(self) -> None:
        """Every Lock and RLock that the learner's file makes from now on is watched; all others are as ever."""
        threading.Lock = self._factory(threading.Lock, Lock)  # type: ignore[assignment]
        threading.RLock = self._factory(threading.RLock, RLock)  # type: ignore[assignment]
        self._stacks.locks_of = self._of

    def thread(self) -> Thread:
        """The calling thread."""
        thread: Thread | None = getattr(self._local, "thread", None)
        if thread is None:
            thread = self._local.thread = Thread(next(self._thread_numbers))
            self._threads[threading.get_ident()] = thread
        return thread

    def wants(self, thread: Thread, lock: Lock, line: int | None) -> None:
        """Remember that a thread is about to wait for a lock, however long that takes, while it holds others."""
        gates = sorted({hold.lock.number for hold in thread.holds})[: MAX_GATES + 1]
        for hold in thread.holds:
            other = hold.lock
            if other is lock:  # it waits for itself, or for a thread that hands the lock over: a matter of time
                continue
            key = (other.number, lock.number, thread.number, *gates)
            if key not in self.steps and len(self.steps) < MAX_STEPS:
                self.steps[key] = {
                    "held": other.number, "held_line": hold.line, "wanted": lock.number, "wanted_line": line,
                    "thread": thread.number, "gates": [number for number in gates if number != other.number],
                }  # fmt: skip

    def wait(self, thread: Thread, lock: Lock) -> bool:
        """Acquire, and look now and then whether that can ever end.

        Threads that wait for each other never go on, unless one of the locks is a gate that yet another thread will
        open: who passed it last is no holder. So nobody may be left who can.
        """
        thread.waits = lock
        standing = None
        try:
            while not lock.inner.acquire(True, CERTAIN_S):
                if self._reported or not _waits_for_itself(thread):
                    continue
                before, standing = standing, still.others(waits=__file__)
                if standing is not None and standing == before:
                    self._reported = True
                    self._tell()
        finally:
            thread.waits = None
        return True

    def hold(self, thread: Thread, lock: Lock, line: int | None, wanted_s: float) -> None:
        """A thread has taken a lock, which it wanted since then (time.perf_counter)."""
        time = {
            "lock": lock.number, "who": threading.current_thread().name[:MAX_NAME], "line": line,
            "wanted_s": wanted_s, "taken_s": now_s(), "free_s": None,
        }  # fmt: skip
        thread.holds.append(Hold(lock, line, time))
        if len(self.times) < MAX_TIMES:
            self.times.append(time)

    def line(self) -> int | None:
        """The line of the learner's file that is running."""
        return self._stacks.caller_line()

    def _factory(self, make: Callable[[], Any], watched: type[Lock]) -> Callable[..., Any]:
        """What stands for `make`: a class where that is one (Lock from 3.13 on), for annotations and isinstance."""

        def new(*_: type) -> Any:
            # By the module, not the code: a dataclass makes its fields in an __init__ that stands in no file.
            if not named.is_loaded_here(sys._getframe(1).f_globals):
                return make()
            return watched(make(), self, next(self._lock_numbers))

        factory: Any = new
        if isinstance(make, type):
            asked = {"__call__": new, "__instancecheck__": lambda _, made: isinstance(made, (make, watched))}
            kind = type("type", (type,), asked | {"__module__": "builtins"})  # as Python's messages call it
            factory = kind("Lock", (), {})
        # Managers send them by name to a process that starts afresh: there it is the real one.
        factory.__module__, factory.__name__, factory.__qualname__ = "threading", watched.__name__, watched.__name__
        return cast("Callable[..., Any]", factory)

    def _of(self, ident: int) -> dict[str, Any]:
        """For an autopsy: the locks that a thread holds, and the one that it waits for."""
        thread = self._threads.get(ident, Thread(0))
        return {
            "holds": [{"lock": hold.lock.number, "line": hold.line} for hold in list(thread.holds)],
            "wants": thread.waits.number if thread.waits is not None else None,
        }


def _waits_for_itself(first: Thread) -> bool:
    """Whether this thread waits for one that waits for one ... that waits for this one."""
    thread, seen = first, set()
    while thread not in seen:
        seen.add(thread)
        if thread.waits is None or thread.waits.holder is None:
            return False
        thread = thread.waits.holder
    return thread is first


class Lock:
    """Stands for a threading.Lock of the learner's."""

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
        free = self.inner.acquire(False)
        if not free and not (self._locks.wait(thread, self) if patient else self.inner.acquire(blocking, timeout)):
            return False
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

    def _again(self, _: Thread) -> bool:
        """Whether this thread may take it a second time: then there is nothing to wait for."""
        return False

    def _forget(self) -> None:
        """Taken one time less. (A Lock may be released by another thread than its holder.)"""
        holds = self.holder.holds if self.holder is not None else []
        mine = [index for index, hold in enumerate(holds) if hold.lock is self]
        if mine:
            holds.pop(mine[-1]).time["free_s"] = now_s()
        if len(mine) <= 1:
            self.holder = None


class RLock(Lock):
    """Stands for a threading.RLock of the learner's; also where a Condition uses it."""

    def release(self) -> None:
        if self._is_owned():
            self._forget()
        self.inner.release()

    def _again(self, thread: Thread) -> bool:
        return self.holder is thread

    def _is_owned(self) -> bool:
        return bool(self.inner._is_owned())

    def _release_save(self) -> Any:
        while self.holder is self._locks.thread():
            self._forget()
        return self.inner._release_save()

    def _acquire_restore(self, state: Any) -> None:
        wanted_s = now_s()
        self.inner._acquire_restore(state)
        self.holder = self._locks.thread()
        self._locks.hold(self.holder, self, self._locks.line(), wanted_s)
