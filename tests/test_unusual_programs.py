"""Ordinary programs that use unusual parts of the standard library: what the checker adds must not show."""

from __future__ import annotations

import contextlib
import io
import textwrap
from typing import Any, cast

import pytest

from checker.attempt import invoke, serve
from checker.attempt.operations import MAX_REQUEST_BYTES
from checker.attempt.stacks import Stacks
from checker.model.outcome import Raised, Returned
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.listening import BUFFER_BYTES
from checker.world.world import World
from tests.test_boundary import call

DEADLINE_S = 10.0
NO_STREAMS = {
    "none": "None",
    "one that only writes": "types.SimpleNamespace(write=lambda text: None)",
}


@pytest.mark.parametrize("how", NO_STREAMS)
def test_a_warning_needs_no_stream(engine: Engine, made_world: World, how: str) -> None:
    """Python itself says nothing where it cannot write; nor is that an error of who warns."""
    text = f"""
        import contextlib, types, warnings

        def work():
            with contextlib.redirect_stderr({NO_STREAMS[how]}):
                warnings.warn("old", UserWarning)
            return "done"
        """
    assert call(engine, made_world, text, deadline_s=DEADLINE_S).outcome == Returned(value="done")


def test_a_deep_recursion_is_not_disturbed_by_a_look(engine: Engine, made_world: World) -> None:
    """The frames that look at the stacks come on top of the program's own: it has not gone too deep."""
    text = """
        import sys, time

        SPARE = 4

        def depth(frame):
            return 0 if frame is None else 1 + depth(frame.f_back)

        def down(steps):
            if steps:
                return down(steps - 1)
            until_s = time.process_time() + 0.2
            while time.process_time() < until_s:
                pass
            return "deep"

        def work():
            return down(sys.getrecursionlimit() - depth(sys._getframe()) - SPARE)
        """
    source = Source(textwrap.dedent(text).encode())
    run = engine.run(source, Invocation("work"), made_world, Watching(DEADLINE_S, sample_every_s=0.01))
    assert run.outcome == Returned(value="deep")


def test_what_goes_past_a_redirection_is_shown(engine: Engine, made_world: World) -> None:
    """`sys.__stdout__` is the stream that the program began with, and many go back to it."""
    text = """
        import io, os, sys

        def work():
            print("past it", file=sys.__stdout__)
            print("error", file=sys.__stderr__)
            sys.stdout = io.StringIO()
            sys.stdout = sys.__stdout__
            print("back again")
            os._exit(3)
        """
    run = call(engine, made_world, text, deadline_s=DEADLINE_S)
    assert [word in run.output for word in ("past it", "error", "back again")] == [True] * 3


@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_an_alarm_that_nobody_switched_off_does_not_ring_after_the_call(
    engine: Engine, made_world: World, keyword: str
) -> None:
    """It is set for the call. The thread that is left makes us look around for longer than the alarm takes."""
    text = f"""
        import signal, threading, time

        def too_late(*_):
            raise TimeoutError

        {keyword} work():
            signal.signal(signal.SIGALRM, too_late)
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            return "in time"
        """
    assert call(engine, made_world, text, deadline_s=DEADLINE_S).outcome == Returned(value="in time")


@pytest.mark.parametrize("kind", ["Lock", "RLock"])
def test_a_lock_can_be_made_anew_in_a_copy(engine: Engine, made_world: World, kind: str) -> None:
    """As logging does: a copy of the process has a lock that nobody in it will release."""
    text = f"""
        import os, threading

        lock = threading.{kind}()
        os.register_at_fork(before=lock.acquire, after_in_child=lock._at_fork_reinit, after_in_parent=lock.release)

        def work():
            child = os.fork()
            if child == 0:
                os._exit(lock.acquire(timeout=5))
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        """
    assert call(engine, made_world, text, deadline_s=DEADLINE_S).outcome == Returned(value=1)


@pytest.mark.parametrize(
    "text", ["def work(say): return len(say(SAID))", "async def work(say): return len(await say(SAID))"]
)
@pytest.mark.parametrize("size", [MAX_REQUEST_BYTES - 1000, MAX_REQUEST_BYTES])
def test_what_is_too_much_for_an_operation_is_said(engine: Engine, made_world: World, text: str, size: int) -> None:
    """The world would close the connection, which looks like the failure of a server."""
    assert MAX_REQUEST_BYTES == BUFFER_BYTES
    say = made_world.operation("say", 0.01, answer=lambda _, text: text)
    outcome = call(engine, made_world, f"SAID = 'x' * {size}\n{text}", say, deadline_s=DEADLINE_S).outcome
    if size < MAX_REQUEST_BYTES:
        assert outcome == Returned(value=size)
    else:
        assert isinstance(outcome, Raised)
        assert outcome.error.message == "an operation was given 64 KiB of data; it takes less than 64 KiB"


def test_warnings_can_be_errors(engine: Engine, made_world: World) -> None:
    """As the attempt has it; only what we look for is shown all the same."""
    text = """
        import warnings

        warnings.simplefilter("error")

        async def forgotten():
            pass

        def work():
            forgotten()
            try:
                warnings.warn("overflow", RuntimeWarning)
            except RuntimeWarning:
                return "refused"
        """
    run = call(engine, made_world, text, deadline_s=DEADLINE_S)
    assert run.outcome == Returned(value="refused")
    assert [notice.kind for notice in run.notices] == ["never awaited"]


def test_a_warning_of_many_is_shown_once(engine: Engine, made_world: World) -> None:
    """As Python does it: a thousand lines take time, and hide the others."""
    text = """
        import warnings

        def work():
            for _ in range(1000):
                warnings.warn("overflow", RuntimeWarning)
        """
    assert call(engine, made_world, text, deadline_s=DEADLINE_S).output.count("RuntimeWarning: overflow") == 1


def test_a_lock_that_is_held_twice_is_so_after_waiting(engine: Engine, made_world: World) -> None:
    """`wait` gives it up altogether, and takes it again as often: the inner `with` lets go of it once."""
    text = """
        import threading

        outer, other = threading.RLock(), threading.Lock()
        changed = threading.Condition(outer)

        def work():
            with changed:
                with changed:
                    changed.wait(0.01)
                with other, outer:
                    pass
        """
    steps = call(engine, made_world, text, deadline_s=DEADLINE_S).lock_steps
    assert [(step.held, step.wanted) for step in steps] == [(1, 2)]


OWN_CLASSES = {
    "a name": "@property\n    def name(self): raise KeyError\n    @name.setter\n    def name(self, _): pass",
    "is_alive": "is_alive = True",
}


@pytest.mark.parametrize("what", OWN_CLASSES)
def test_a_thread_of_a_class_with_other_ideas_is_left(engine: Engine, made_world: World, what: str) -> None:
    """Whoever has nothing to say of itself is counted all the same, and the result is not lost."""
    text = f"""
import threading, time

class Sleeper(threading.Thread):
    {OWN_CLASSES[what]}

    def run(self):
        time.sleep(60)

def work():
    Sleeper(daemon=True).start()
    return "done"
"""
    run = call(engine, made_world, text, deadline_s=DEADLINE_S)
    assert run.outcome == Returned(value="done")
    assert len(run.left.threads) == 1


def test_what_a_task_awaits_may_have_any_attributes(engine: Engine, made_world: World) -> None:
    """Such as those of a dict: what is not in there is a KeyError."""
    text = """
        import asyncio

        class Turn(dict):
            __getattr__ = dict.__getitem__

            def __await__(self):
                return self

            def __iter__(self):
                return self

            def __next__(self):
                return None

        async def waits():
            await Turn()

        async def work():
            task = asyncio.create_task(waits())
            work.kept = task
            await asyncio.sleep(0)
            return "done"
        """
    run = call(engine, made_world, text, deadline_s=DEADLINE_S)
    assert run.outcome == Returned(value="done")
    assert len(run.left.tasks) == 1


def test_time_may_be_anything_but_ours(engine: Engine, made_world: World) -> None:
    """Whoever puts another `sleep` into `time`, as tests do, puts it there for itself alone."""
    text = """
        import threading, time

        sleep, time.sleep = time.sleep, None

        def work():
            threading.Thread(target=sleep, args=(60,), daemon=True).start()
            return "done"
        """
    assert call(engine, made_world, text, deadline_s=DEADLINE_S).outcome == Returned(value="done")


def test_what_an_import_has_printed_goes_before_the_refusal() -> None:
    """The grader ends the process when it hears that, perhaps before it has done anything more."""
    shown = []
    stream = io.TextIOWrapper(io.BytesIO(), write_through=False)

    class Connection:
        def send(self, message: dict[str, Any]) -> None:
            shown.append((message["is"], stream.buffer.getvalue()))

    with contextlib.redirect_stdout(stream):
        stream.write("...")
        unusable = invoke.Unusable("import", ValueError("no"))
        serve.refuse(cast("serve.Connection", Connection()), unusable, Stacks("attempt.py", "attempt.py", 0))
    assert shown == [("unusable", b"...")]


def test_a_process_that_is_stuck_can_be_ended(engine: Engine, made_world: World) -> None:
    """Two threads of a worker wait for each other for ever; whoever started it does not."""
    text = """
        import multiprocessing, threading

        here, there = threading.Lock(), threading.Lock()
        both = threading.Barrier(2)

        def take(first, second):
            with first:
                both.wait()
                with second:
                    pass

        def worker():
            threading.Thread(target=take, args=(there, here), daemon=True).start()
            take(here, there)

        def work():
            process = multiprocessing.get_context("fork").Process(target=worker)
            process.start()
            process.join(4)
            process.kill()
            process.join()
            return process.exitcode
        """
    assert call(engine, made_world, text, deadline_s=30.0).outcome == Returned(value=-9)


def test_the_line_of_a_syntax_error_may_be_a_text(engine: Engine, made_world: World) -> None:
    """As an attempt's own parser reads it: it has not forged anything."""
    text = "def work():\n    raise SyntaxError('no end', (__file__, '7', None, None))"
    outcome = call(engine, made_world, text, deadline_s=DEADLINE_S).outcome
    assert isinstance(outcome, Raised)
    assert outcome.error.line is None
