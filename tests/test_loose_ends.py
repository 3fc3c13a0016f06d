"""How ordinary programs end: what they do at the very end is neither lost nor taken for something else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from math import inf
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any, cast

import pytest

from checker.attempt import locks, meeting, stacks
from checker.attempt.calls import calls_of
from checker.judge.diagnosis import outcome
from checker.model.outcome import Hung, Raised, Returned
from checker.process.engine import Engine
from checker.world.world import World
from tests.conftest import wait_for
from tests.test_boundary import call

COPIES = {
    "sys.exit()": ("sys.exit()", 0),
    "sys.exit(3)": ("sys.exit(3)", 3),
    "sys.exit with a text": ("sys.exit('no more')", 1),
    "an exception": ("raise ValueError('in the copy')", 1),
    "a return": ("return 'copy'", 0),
}


@pytest.mark.parametrize("how", COPIES)
@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_a_copy_of_the_process_does_not_answer(engine: Engine, made_world: World, keyword: str, how: str) -> None:
    """A child that os.fork made ends as it would without the checker; the answer is its parent's."""
    ends, status = COPIES[how]
    text = f"""
        import os, sys

        {keyword} work():
            child = os.fork()
            if child == 0:
                print("from the copy", end="")
                {ends}
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        """
    run = call(engine, made_world, text, deadline_s=5.0)
    assert run.outcome == Returned(value=status)
    assert "from the copy" in run.output


CUT_SHORT = {
    "it cancels all tasks": ("for task in asyncio.all_tasks(): task.cancel()\n    return 1", "CancelledError"),
    "it fails meanwhile": ("asyncio.current_task().cancel()\n    raise KeyError('page')", "KeyError"),
    "it stops the loop": ("asyncio.get_running_loop().stop()\n    await asyncio.sleep(9)", "RuntimeError"),
    "a task exits": ("asyncio.ensure_future(exits())\n    await asyncio.sleep(9)", "SystemExit"),
}


@pytest.mark.parametrize("how", CUT_SHORT)
def test_a_loop_that_is_cut_short_ends_as_in_asyncio_run(engine: Engine, made_world: World, how: str) -> None:
    """What asyncio.run would raise is what it raised: its process has not ended by itself."""
    body, name = CUT_SHORT[how]
    text = f"import asyncio, sys\nasync def exits(): sys.exit()\nasync def work():\n    {body}\n"
    ended = call(engine, made_world, text, deadline_s=5.0).outcome
    assert isinstance(ended, Raised)
    assert ended.error.type == name


def test_a_cancelled_and_awaited_end_is_a_result(engine: Engine, made_world: World) -> None:
    """Who takes its own cancellation back, or lets it come and goes on, returns."""
    text = """
        import asyncio

        async def work():
            asyncio.current_task().cancel()
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                return 1
        """
    assert call(engine, made_world, text).outcome == Returned(value=1)


GROWS = """
class Late(Exception):
    def __str__(self):
        more()
        return "late"

found = set() if {is_set} else dict()

def more():
    found.add(len(found)) if {is_set} else found.update({{len(found): None}})

def work():
    found.update([Late()] if {is_set} else [(0, Late()), (1, None)])
    return found
"""


@pytest.mark.parametrize("is_set", [False, True])
def test_a_result_may_grow_while_it_is_sent(engine: Engine, made_world: World, is_set: bool) -> None:
    """As by a thread that nobody has awaited: what was there at the return is the result."""
    ended = call(engine, made_world, GROWS.format(is_set=is_set)).outcome
    assert isinstance(ended, Returned)
    assert len(ended.value) == (1 if is_set else 2)


def test_the_end_of_a_line_need_not_be_printed(engine: Engine, made_world: World) -> None:
    """Dots that show progress are part of the output."""
    assert call(engine, made_world, "def work():\n    print('...', end='')").output == "..."
    assert call(engine, made_world, "print('...', end='')").output == "..."


def test_ctrl_c_is_a_keyboard_interrupt(engine: Engine, made_world: World) -> None:
    """For a program that sends it to itself, as everywhere in Python."""
    text = """
        import signal

        def work():
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                return "interrupted"
        """
    assert call(engine, made_world, text).outcome == Returned(value="interrupted")


def test_many_tasks_do_not_hide_the_thread_that_blocks_them(engine: Engine, made_world: World) -> None:
    """The autopsy of a hang names the line at which the loop's own thread stands, and some of the tasks."""
    text = """
        import asyncio, threading

        async def waits():
            await asyncio.Event().wait()

        async def work():
            tasks = [asyncio.create_task(waits()) for _ in range(80)]
            await asyncio.sleep(0)
            threading.Event().wait()
        """
    run = call(engine, made_world, text)
    assert isinstance(run.outcome, Hung)
    found = outcome.failure(run)
    assert found is not None
    assert found.line == 10
    assert sum(stack.who.startswith("task ") for stack in run.outcome.stacks) > 40


@pytest.mark.parametrize("arguments", ["timeout=-0.5", "False, 1", "True, None"])
def test_an_impossible_time_is_refused_for_a_free_lock(engine: Engine, made_world: World, arguments: str) -> None:
    """As by Python's own lock."""
    text = f"import threading\ndef work():\n    return threading.Lock().acquire({arguments})"
    ended = call(engine, made_world, text).outcome
    assert isinstance(ended, Raised)
    assert ended.error.type in ("ValueError", "TypeError")


def test_what_is_nested_deeply_comes_back(engine: Engine, made_world: World) -> None:
    """A dict takes two levels on the way, and one in the attempt."""
    run = call(engine, made_world, "def work():\n    d = {}\n    for _ in range(60): d = {'d': d}\n    return d")
    assert isinstance(run.outcome, Returned)


def test_a_copy_of_the_process_does_not_keep_an_operation_going(engine: Engine, made_world: World) -> None:
    """A cancelled operation is over, although a forked process still has all that its parent had open."""
    text = """
        import asyncio, multiprocessing, time

        async def work(job):
            task = asyncio.create_task(job())
            await asyncio.sleep(0.2)
            process = multiprocessing.get_context("fork").Process(target=time.sleep, args=[0.6])
            process.start()
            task.cancel()
            await asyncio.wait([task])
            await asyncio.sleep(0.2)
            ended = time.perf_counter()
            process.join()
            return ended
        """
    run = call(engine, made_world, text, made_world.operation("job", 60.0), deadline_s=10.0)
    assert isinstance(run.outcome, Returned)
    assert [span.outcome for span in run.spans] == ["dropped"]
    assert (run.spans[0].end_s or inf) < run.outcome.value


def test_a_thread_may_stand_where_there_is_no_line(engine: Engine, made_world: World) -> None:
    """The compiler adds instructions that belong to no line. What a call leaves is told all the same."""
    text = """
        import threading

        def waits():
            threading.Event().wait()

        waits.__code__ = waits.__code__.replace(co_linetable=b"")

        def work():
            threading.Thread(target=waits, daemon=True).start()
        """
    run = call(engine, made_world, text)
    assert run.outcome == Returned(value=None)
    assert [frame.line for stack in run.left.threads for frame in stack.frames] == [4]


def test_the_line_before_stands_for_none() -> None:
    """As in a loop, at the jump back to its beginning."""

    def two() -> None:
        len("")
        len("")

    code = two.__code__
    jump = SimpleNamespace(f_lineno=None, f_lasti=len(code.co_code) - 2, f_code=code)
    assert stacks._line(cast("FrameType", jump)) == code.co_firstlineno + 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the name and the state of a thread")
def test_a_threads_name_need_not_be_text() -> None:
    """It is cut after fifteen bytes, perhaps within a character."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        Path(f"/proc/self/task/{thread.native_id}/comm").write_bytes("загрузка".encode()[:15])
        wait_for(lambda: thread.native_id and not meeting.is_ready(thread.native_id))
    finally:
        over.set()
        thread.join()


class Fleeting(locks.Thread):
    """A thread that gets its lock, or whose lock is let go of, at the moment when it is looked at again."""

    def __init__(self, *waits: locks.Lock | None) -> None:
        self._waits = iter(waits)

    @property
    def waits(self) -> locks.Lock | None:
        return next(self._waits, None)

    @waits.setter
    def waits(self, _: object) -> None: ...


def made_lock() -> locks.Lock:
    return locks.Lock(threading.Lock(), cast("Any", None), 1)


def test_whoever_waits_may_have_got_its_lock_meanwhile() -> None:
    """The question whether threads wait in a circle has an answer, whatever they do while it is asked."""
    held = made_lock()
    held.holder = locks.Thread(2)
    assert not locks._waits_for_itself(Fleeting(held))
    assert not locks._waits_for_itself(Fleeting(held, held))


def test_two_locks_of_one_thread_may_be_released_at_once() -> None:
    """Its own release of one, and another thread's of the other, each forget the right one."""

    class Racing(list[locks.Hold]):
        def __iter__(self) -> Iterator[locks.Hold]:
            yield from self.copy()
            self.pop(0)  # released by the other thread, right now

    thread, others, mine = locks.Thread(1), made_lock(), made_lock()
    thread.holds = Racing([locks.Hold(each, None, {}) for each in (others, mine)])
    mine.inner.acquire()
    mine.holder = thread
    mine.release()
    assert len(thread.holds) == 0
    assert not mine.inner.locked()


def test_a_function_may_have_lost_its_argument() -> None:
    """Its calls are noted, and nothing is raised in the attempt."""

    def of_global_data() -> int:
        return 7

    with calls_of(of_global_data, lambda argument: argument) as seen:
        assert of_global_data() == 7
    assert [argument for _, argument in seen] == [None]
