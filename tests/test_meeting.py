"""Threads that meet at every line of a file: what may go wrong between two lines does, and nobody waits for ever."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from checker.attempt import named
from checker.attempt.meeting import FIRST_S, Overtaking, TraceLost, is_ready, meetings

MADE = """
import sys
import threading

__file__ = "what a module says of itself"

lock = threading.Lock()


def looks_and_takes(items, ends):
    try:
        if items:
            items.pop()
        ends.append("done")
    except IndexError:
        ends.append("nothing left")


def takes_under_a_lock(items, ends):
    with lock:
        if items:
            items.pop()
    ends.append("done")


def made_when_needed(locks, meet):
    if "a" not in locks:
        locks["a"] = threading.Lock()
    with locks["a"]:
        meet()


def made_in_one_step(locks, meet):
    with locks.setdefault("a", threading.Lock()):
        meet()


def looks_and_notes(ends, meet):
    number = len(ends)
    meet()
    ends.append(number)


def takes_in_circles(meet):
    while not lock.acquire(blocking=False):
        pass
    meet()
    lock.release()


def takes_the_trace_away(locks, meet):
    sys.settrace(None)
    made_when_needed(locks, meet)


def takes_all_traces_away(items, ends):
    threading.settrace(None)


def steps(ends):
    one = 1
    two = 2
    ends.append(one + two)
"""


@pytest.fixture
def made(tmp_path: Path) -> ModuleType:
    """A module of a file in which threads are to meet."""
    path = tmp_path / "made.py"
    path.write_text(MADE)
    return named.load(path, "/where/the/learner/wrote/it.py")


def in_threads(made: ModuleType, number: int, work: Callable[[], None]) -> None:
    """Let so many threads do this, each of which meets others at the lines of the module."""
    with meetings(named.file_of(made)):
        threads = [threading.Thread(target=work, daemon=True) for _ in range(number)]
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(20.0)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize("_", range(5))
def test_two_find_the_last_item_and_one_of_them_gets_none(made: ModuleType, _: int) -> None:
    """Each has looked before either takes."""
    items, ends = [1], list[str]()
    in_threads(made, 2, lambda: made.looks_and_takes(items, ends))
    assert sorted(ends) == ["done", "nothing left"]


def test_who_waits_for_a_lock_holds_up_nobody(made: ModuleType) -> None:
    """The one inside goes on, although nobody can come to its line; a lock keeps what it protects."""
    items, ends = [1], list[str]()
    in_threads(made, 3, lambda: made.takes_under_a_lock(items, ends))
    assert (items, ends) == ([], ["done"] * 3)


def test_one_alone_gives_up_waiting_for_a_second_once(made: ModuleType) -> None:
    """It waits for half a second at its first line, and hardly at the others."""
    ends: list[int] = []
    begun_s = time.monotonic()
    in_threads(made, 1, lambda: made.steps(ends))
    assert ends == [3]
    assert time.monotonic() - begun_s >= FIRST_S


def test_only_threads_that_are_started_meanwhile_are_traced(made: ModuleType) -> None:
    """Not the one that opens the meetings, and none that starts after them."""
    before = sys.gettrace()
    with meetings(named.file_of(made)):
        assert sys.gettrace() is before
    seen: list[object] = []
    later = threading.Thread(target=lambda: seen.append(sys.gettrace()))
    later.start()
    later.join()
    assert seen == [None]


def test_the_lines_of_other_files_are_nobodys_meeting(made: ModuleType) -> None:
    """A thread that is alone there is held up nowhere."""
    traces: list[object] = []
    in_threads(made, 1, lambda: traces.append(sys._getframe().f_trace))
    assert traces == [None]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells whether a thread waits for a core")
def test_who_runs_is_ready_and_who_waits_is_not() -> None:
    """A thread that is no more is not, either."""
    assert is_ready(threading.get_native_id())
    waits, enough = threading.Thread(target=lambda: enough.wait()), threading.Event()
    waits.start()
    assert waits.native_id is not None
    deadline_s = time.monotonic() + 20.0
    while is_ready(waits.native_id) and time.monotonic() < deadline_s:
        time.sleep(0.001)  # until it has come to its wait
    assert not is_ready(waits.native_id)
    enough.set()
    waits.join()
    assert not is_ready(2**22 + 1)  # no thread has a number so large


@pytest.mark.parametrize(("function", "most"), [("made_when_needed", 2), ("made_in_one_step", 1)])
def test_one_overtakes_the_other_before_each_line(made: ModuleType, function: str, most: int) -> None:
    """Both are inside at once before one of the lines, if that can be; and behind the last line it ends."""
    together = []
    for number in range(1, 20):
        overtaking = Overtaking(named.file_of(made), number)
        inside: list[int] = []

        def meet(overtaking: Overtaking = overtaking, inside: list[int] = inside) -> None:
            inside.append(1)
            overtaking.meet()
            together.append(len(inside))
            inside.pop()

        work = partial(getattr(made, function), {}, meet)
        if not overtaking.both(work, work):
            break
    assert max(together) == most
    assert number < 10


def computes_first(work: Callable[[], object]) -> None:
    """For a while in which nobody is to go on without it."""
    until_s = time.monotonic() + 0.01
    while time.monotonic() < until_s:
        pass
    work()


def test_who_has_come_before_it_is_held_is_overtaken_too(made: ModuleType) -> None:
    """The other one comes after it, and looks before it goes on."""
    numbers = []
    for line in range(1, 20):
        overtaking, ends = Overtaking(named.file_of(made), line), list[int]()
        work = partial(made.looks_and_notes, ends, overtaking.meet)
        if not overtaking.both(work, partial(computes_first, work)):
            break
        numbers.append(ends)
    assert numbers == [[0, 0]] * 3


def test_who_goes_round_in_circles_is_not_waited_for(made: ModuleType) -> None:
    """It gets on only when the one that is held has let go of the lock."""
    overtaking = Overtaking(named.file_of(made), 2)
    work = partial(made.takes_in_circles, overtaking.meet)
    called = threading.Thread(target=overtaking.both, args=[work, work], daemon=True)
    called.start()
    called.join(20.0)
    assert not called.is_alive()


def test_who_takes_the_trace_away_is_not_taken_for_one_without_lines(made: ModuleType) -> None:
    """Of its own thread, or of all that are started."""
    overtaking = Overtaking(named.file_of(made), 9)
    work = partial(made.takes_the_trace_away, {}, overtaking.meet)
    with pytest.raises(TraceLost):
        overtaking.both(work, work)
    with pytest.raises(TraceLost), meetings(named.file_of(made)):
        made.takes_all_traces_away([], [])
