"""Processes that live shorter than a scan takes: what none reaches is ended at once, and no scan goes on for ever."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
import time
from contextlib import AbstractContextManager

import pytest

from checker.attempt import descendants, keeper, landlock
from checker.process import ProcessError, control_group
from checker.process.control_group import NoGroup
from checker.process.lifeline import Lifeline
from tests.test_attempt_process import Scripted, begun, linux_only

ROOT = 4_000_000


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Each scan finds another process, which is gone when its signal comes. The signals."""
    numbers, signals = itertools.count(ROOT), list[tuple[int, int]]()
    monkeypatch.setattr(descendants, "below", lambda _: [next(numbers)])
    monkeypatch.setattr(os, "kill", lambda *signal: signals.append(signal))
    monkeypatch.setattr(os, "waitpid", lambda *_: (0, 0))
    return signals


def test_a_scan_that_is_outrun_ends(relay: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so: who waits for it is told that something may live on."""
    monkeypatch.setattr(keeper, "FREEZE_S", 0.01)
    assert not keeper.take_down(ROOT)
    assert not keeper.kill_descendants()
    assert len(relay) > keeper.MOST_NEWS


def test_who_dies_slowly_is_not_taken_for_one_that_outruns(
    relay: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is waited for, as ever, but not without an end."""
    monkeypatch.setattr(descendants, "below", lambda _: [ROOT])
    monkeypatch.setattr(keeper, "KILL_S", 0.01)
    assert keeper.take_down(ROOT)
    assert keeper.kill_descendants()
    assert set(relay) <= {(ROOT, number) for number in range(1, 65)}


def test_who_had_no_core_is_not_taken_for_outrun(relay: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    """All are stopped at the first scan, and the second would say so, but it comes late."""
    monkeypatch.setattr(descendants, "below", lambda _: [ROOT])
    monkeypatch.setattr(keeper, "FREEZE_S", -1.0)
    assert keeper.take_down(ROOT)
    assert relay


@pytest.mark.usefixtures("relay")
def test_a_tracker_has_its_looks_however_long_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look takes a second, as where the machine stands still: it ends at the tenth, and is not killed before."""
    now_s, left = itertools.count(0.0), iter([[ROOT]] * 10)
    monkeypatch.setattr(time, "monotonic", lambda: next(now_s))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(keeper, "_is_tracker", lambda _: True)
    monkeypatch.setattr(descendants, "below", lambda _: next(left, []))
    keeper._let_trackers_tidy_up()
    assert next(left, None) is None


@linux_only
@pytest.mark.parametrize(
    ("ends_all", "is_told"), [(False, pytest.raises(ProcessError, match="could not be ended")),
                              (True, contextlib.nullcontext())],
)  # fmt: skip
def test_what_lives_on_is_told(
    monkeypatch: pytest.MonkeyPatch, ends_all: bool, is_told: AbstractContextManager[object]
) -> None:
    """As a failure to grade: it would slow down whatever is measured next. A control group has ended it by then."""
    group = NoGroup()
    monkeypatch.setattr(group, "ends_all", ends_all, raising=False)
    monkeypatch.setattr(control_group, "new", lambda _: group)
    forks = Scripted()
    process = begun(forks)
    os.write(forks.theirs["lifeline"], keeper._told(-9) + keeper.OUTRUN)
    forks.drop()
    with is_told:
        process.close()


def test_an_exit_code_is_no_outrun() -> None:
    """It comes on the same line."""
    line = Lifeline()
    with line.keepers:
        line.keepers.sendall(keeper._told(-9))
    line.close()
    assert not line.is_outrun


WALLED = """
import os, signal, subprocess, sys, time
from checker.attempt import keeper, landlock
keeper.adopt_orphans()
assert landlock.keep_signals_in()
sleep = subprocess.Popen(["sleep", "60"], start_new_session=True)
read, write = os.pipe()
if os.fork() == 0:
    landlock.restrict([], [])
    if os.fork() == 0:
        os.setsid()
        os.write(write, b".")
        time.sleep(60)
    os._exit(0)
os.wait()
os.read(read, 1)
keeper._kill_within()
ended = sorted(os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(2))
print(ended, keeper._has_children())
"""
walls = pytest.mark.skipif(landlock.abi() < landlock.SIGNALS_ABI, reason="this kernel keeps no signals in")


@walls
def test_all_within_are_ended_at_once_and_nobody_else() -> None:
    """Those that detached themselves, and restricted themselves further, too; who is outside lives."""
    with subprocess.Popen(["sleep", "60"]) as outside:
        done = subprocess.run([sys.executable, "-c", WALLED], capture_output=True, text=True, timeout=60)
        assert (done.stdout, done.stderr) == ("[-9, -9] False\n", "")
        assert outside.poll() is None
        outside.kill()


def test_without_a_wall_nobody_is_ended(relay: list[tuple[int, int]]) -> None:
    """All processes of this user would be."""
    keeper._kill_within()
    assert relay == [(os.getppid(), 0)]


@linux_only
def test_a_number_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers come again while a tree is read."""
    monkeypatch.setattr(descendants, "children", lambda pid: {1: [2, 3], 2: [3, 4], 4: [2]}.get(pid, []))
    assert descendants._by_kernel(1) == [2, 3, 4]
