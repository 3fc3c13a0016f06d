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
