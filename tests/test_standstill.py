"""A grader that stands still, as after Ctrl-Z: the attempt goes on, and nobody answers it. That is not its doing."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from checker.process.standstill import LEAST_S, Standstill
from checker.world.loop import LoopThread

DEADLINE_S, STOPPED_S = 1.0, 4
"""The grader stands still for longer than the most that others may hold up a call: attempt_process.MOST_PATIENCE."""
GRADER = f"""
import subprocess
from checker.model.outcome import Returned
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching

def latency_s():
    subprocess.Popen(["sh", "-c", "kill -STOP $PPID; sleep {STOPPED_S}; kill -CONT $PPID"])
    return 0.2

engine = Engine()
world = engine.world()
slow = world.operation("slow", latency_s)
run = engine.run(Source(b"def work(slow): return slow()"), Invocation("work", (slow,)), world, Watching({DEADLINE_S}))
world.close()
engine.close()
assert isinstance(run.outcome, Returned), run.outcome
print(run.wall_s, run.delayed_s)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_grader_that_was_stopped_does_not_take_an_attempt_for_one_that_hangs() -> None:
    done = subprocess.run([sys.executable, "-c", GRADER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    wall_s, delayed_s = map(float, done.stdout.split())
    assert wall_s >= STOPPED_S
    assert wall_s - delayed_s < DEADLINE_S, "all of the pause is known to be the grader's"


def test_a_pause_is_counted_before_and_after_the_next_beat() -> None:
    """The thread of the worlds stands still here because somebody keeps it."""
    thread = LoopThread()
    pauses = Standstill(thread)
    release, kept = threading.Event(), threading.Event()
    thread.loop.call_soon_threadsafe(kept.set)
    thread.loop.call_soon_threadsafe(release.wait)
    kept.wait()
    while pauses.so_far_s() < 2 * LEAST_S:
        pass
    release.set()
    thread.catch_up()
    before_s = pauses.so_far_s()
    assert before_s >= 2 * LEAST_S
    while thread.run(_beats(pauses)):
        pass
    assert pauses.so_far_s() >= before_s
    thread.close()


async def _beats(pauses: Standstill) -> bool:
    """Whether the next beat is still to come."""
    return pauses._before_s == 0.0
