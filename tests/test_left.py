"""What an attempt leaves behind, and what is only about to end on a machine that has no core for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, repeat

import pytest

from checker.observe import left, linux
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

PID, MAIN, OTHER = 100, 100, 107
ENDED: frozenset[int] = frozenset()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., left.Remains]:
    """left.remains, where a new thread is there for so many looks; accounts, CPU seconds and processes, by looks."""

    def remains(
        looks: int, accounts: Iterator[bytes], used_s: Iterator[float], told: int = 1,
        scans: Iterable[list[int]] = (),
    ) -> left.Remains:  # fmt: skip
        processes = chain(scans, repeat([]))
        there = chain(repeat(frozenset({OTHER}), looks), repeat(ENDED))
        monkeypatch.setattr(left, "threads", lambda _pid: {MAIN, *next(there)})
        monkeypatch.setattr(left, "_others", lambda _pid, _keeper: next(processes))
        monkeypatch.setattr(time, "sleep", lambda _s: None)
        monkeypatch.setattr(linux, "account", lambda _pid, _thread: next(accounts))
        monkeypatch.setattr(linux, "process_cpu_s", lambda _pid: next(used_s))
        return left.remains(PID, PID, frozenset({MAIN}), told)

    return remains


def test_who_has_no_core_is_about_to_end(seen: Callable[..., left.Remains]) -> None:
    """It waits for a core, and uses none: however long that takes, it is not left."""
    assert seen(4 * left.LOOKS, repeat(b"R 5 9"), repeat(1.0)) == (0, 0)


def test_who_rests_stays(seen: Callable[..., left.Remains]) -> None:
    """It has had its grace, and between two looks it did nothing at all; without the grace it would have had time."""
    assert seen(20, repeat(b"S 5 9"), repeat(1.0)) == (1, 0)
    assert seen(20, repeat(b"S 5 9"), repeat(1.0), told=0) == (0, 0)
    assert seen(left.LOOKS + 20, repeat(b"S 5 9"), repeat(1.0), told=0) == (1, 0)


def test_who_wakes_now_and_then_is_about_to_end(seen: Callable[..., left.Remains]) -> None:
    """Asleep at each look, but not in between: so is who waits for the interpreter's lock."""
    assert seen(20, (b"S %d 9" % number for number in count()), repeat(1.0)) == (0, 0)


def test_who_works_on_stays(seen: Callable[..., left.Remains]) -> None:
    """It has used more CPU time since than ending takes."""
    assert seen(left.LOOKS, repeat(b"R 5 9"), (number * 0.005 for number in count())) == (1, 0)


def test_one_scan_may_miss_a_process(seen: Callable[..., left.Remains]) -> None:
    """Whose parent ended while the scan went on: that nothing is there, two scans in a row have to say."""
    scans = chain([[]], repeat([OTHER]))
    assert seen(0, repeat(b"S 5 9"), repeat(1.0), told=0, scans=scans) == (0, 1)


WORKS_ON = b"""
import threading, time
def work(seconds):
    def on():
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            pass
    threading.Thread(target=on).start()
"""


@pytest.mark.parametrize(("seconds", "left_behind"), [(60.0, 1), (0.02, 0)])
def test_a_thread_that_works_on_is_left(engine: Engine, made_world: World, seconds: float, left_behind: int) -> None:
    """For a moment after the call it may; not for as long as it likes."""
    run = engine.run(Source(WORKS_ON), Invocation("work", (seconds,)), made_world, Watching(5.0))
    assert len(run.left.threads) == left_behind
